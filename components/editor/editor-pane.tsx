'use client'
import type { EditorView } from '@codemirror/view'
import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { focusTerminalEvent } from '../workspace/page-events.ts'
import { useSession } from '../workspace/provider.tsx'
import type { EditorRequest } from '../workspace/session-state.ts'
import { createEditor } from './create-editor.ts'
import { dropDraft, findDraft, keepDraft } from './draft.ts'
import { vimMessage } from './vim-commands.ts'

/** The editor that `vi`, `nano` and `kubectl edit` open over their terminal. The command ends when it closes. */
export default function EditorPane({ request }: { readonly request: EditorRequest }) {
  const t = useTranslations('editor')
  const session = useSession()
  const element = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView>(undefined)
  const written = useRef<string>(undefined)
  const [status, setStatus] = useState<'clean' | 'changed' | 'saved'>('clean')
  const [asking, setAsking] = useState(false)
  const vi = request.tool === 'vi'

  const text = () => editor.current?.state.doc.toString() ?? request.text
  const dirty = () => text() !== (written.current ?? request.text)
  const remember = () =>
    keepDraft(session.workspace, request.path, { original: request.text, text: text(), written: written.current })
  // `:w` keeps the text here; the command behind the editor gets it when the editor ends.
  const save = () => {
    if (request.readOnly) return
    written.current = text()
    remember()
    setStatus('saved')
    if (vi && editor.current) vimMessage(editor.current, `"${request.path}" ${editor.current.state.doc.lines}L`)
  }
  const finish = () => {
    const saved = written.current !== undefined
    if (!session.finishEditor(request.id, saved, written.current ?? request.text)) return
    dropDraft(session.workspace, request.path)
    requestAnimationFrame(() => window.dispatchEvent(new Event(focusTerminalEvent)))
  }
  const saveAndQuit = () => {
    save()
    finish()
  }
  const quit = (force: boolean) => {
    if (force || !dirty()) finish()
    else if (vi && editor.current) vimMessage(editor.current, t('dirtyQuit'))
  }
  const onCommand = useEffectEvent((command: 'save' | 'saveAndQuit' | 'quit' | 'force') => {
    if (command === 'save') save()
    else if (command === 'saveAndQuit') saveAndQuit()
    else quit(command === 'force')
  })
  const onChange = useEffectEvent(() => {
    setStatus(dirty() ? 'changed' : written.current === undefined ? 'clean' : 'saved')
    if (!request.readOnly) remember()
  })

  useEffect(() => {
    if (!element.current) return
    const draft = findDraft(session.workspace, request.path, request.text)
    written.current = draft?.written
    const view = createEditor({
      parent: element.current,
      path: request.path,
      text: draft?.text ?? request.text,
      vi: request.tool === 'vi',
      readOnly: request.readOnly,
      label: request.path,
      commands: {
        save: () => onCommand('save'),
        saveAndQuit: () => onCommand('saveAndQuit'),
        quit: (force) => onCommand(force ? 'force' : 'quit'),
      },
      onChange: () => onChange(),
    })
    editor.current = view
    if (draft) onChange()
    return () => view.destroy()
  }, [request, session])

  return (
    <section
      aria-label={t('label', { path: request.path })}
      className="settle-in absolute inset-0 z-10 flex flex-col bg-term-paper"
    >
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-3 py-1.5">
        <span className="min-w-0 truncate font-mono text-[0.8125rem] font-semibold">{request.path}</span>
        <span role="status" className="text-[0.8125rem] text-ink-soft">
          {request.readOnly
            ? t('readOnly')
            : status === 'changed'
              ? t('changed')
              : status === 'saved'
                ? t('saved')
                : ''}
        </span>
        <div className="ml-auto flex gap-1.5">
          {!request.readOnly && (
            <Button size="small" tone="primary" onClick={saveAndQuit}>
              {t('saveClose')}
            </Button>
          )}
          <Button size="small" onClick={() => (dirty() ? setAsking(true) : finish())}>
            {t('close')}
          </Button>
        </div>
      </div>
      <div ref={element} className="min-h-0 flex-1 overflow-hidden" />
      <p className="border-t border-line bg-surface px-3 py-1 text-xs text-ink-soft">{vi ? t('vi') : t('nano')}</p>
      {asking && (
        <Dialog open onClose={() => setAsking(false)} title={t('discardTitle')}>
          <p className="text-ink-soft">{t('discardText', { path: request.path })}</p>
          <div className="mt-5 flex justify-end gap-2">
            <Button onClick={() => setAsking(false)}>{t('keep')}</Button>
            <Button tone="danger" onClick={finish}>
              {t('discard')}
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  )
}
