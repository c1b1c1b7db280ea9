'use client'
import type { EditorView } from '@codemirror/view'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { focusTerminalEvent } from '../workspace/page-events.ts'
import { useSession } from '../workspace/provider.tsx'
import type { EditorRequest } from '../workspace/session-state.ts'
import { createEditor } from './create-editor.ts'
import { dropDraft, findDraft, keepDraft } from './draft.ts'
import { vimMessage } from './vim-commands.ts'

/** `stuck`: it could not be handed over for want of a connection; the text is kept in the browser. */
export type EditStatus = 'clean' | 'changed' | 'saved' | 'stuck'

/** One edit of one file, from the command that asked for it to its end. `unsavedQuit` is what vi says to a bare `:q`. */
export function useEditor(request: EditorRequest, unsavedQuit: string) {
  const session = useSession()
  const element = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView>(undefined)
  const written = useRef<string>(undefined)
  const [status, setStatus] = useState<EditStatus>('clean')
  const { id, path, tool, readOnly, text: original } = request

  const text = () => editor.current?.state.doc.toString() ?? original
  const dirty = () => text() !== (written.current ?? original)
  const say = (message: string) => tool === 'vi' && editor.current && vimMessage(editor.current, message)
  const remember = () => keepDraft(session.workspace, path, { original, text: text(), written: written.current })
  // `:w` keeps the text here; the command behind the editor gets it when the editor ends.
  const save = () => {
    if (readOnly) return
    written.current = text()
    remember()
    setStatus('saved')
    say(`"${path}" ${editor.current?.state.doc.lines ?? 0}L`)
  }
  const finish = () => {
    if (!session.finishEditor(id, written.current !== undefined, written.current ?? original)) {
      setStatus('stuck')
      return
    }
    dropDraft(session.workspace, path)
    requestAnimationFrame(() => window.dispatchEvent(new Event(focusTerminalEvent)))
  }
  const saveAndQuit = () => {
    save()
    finish()
  }
  const quit = (force: boolean) => {
    if (force || !dirty()) finish()
    else say(unsavedQuit)
  }
  const onSave = useEffectEvent(save)
  const onSaveAndQuit = useEffectEvent(saveAndQuit)
  const onQuit = useEffectEvent(quit)
  const onChange = useEffectEvent(() => {
    setStatus(dirty() ? 'changed' : written.current === undefined ? 'clean' : 'saved')
    if (!readOnly) remember()
  })

  useEffect(() => {
    if (!element.current) return
    const draft = findDraft(session.workspace, path, original)
    written.current = draft?.written
    const view = createEditor({
      parent: element.current,
      path,
      text: draft?.text ?? original,
      vi: tool === 'vi',
      readOnly,
      label: path,
      commands: { save: () => onSave(), saveAndQuit: () => onSaveAndQuit(), quit: (force) => onQuit(force) },
      onChange: () => onChange(),
    })
    editor.current = view
    if (draft) onChange()
    return () => view.destroy()
  }, [session, path, original, tool, readOnly])

  return { element, status, dirty, saveAndQuit, finish }
}
