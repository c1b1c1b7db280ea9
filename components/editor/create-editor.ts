import { yaml } from '@codemirror/lang-yaml'
import { EditorState } from '@codemirror/state'
import { keymap } from '@codemirror/view'
import { basicSetup, EditorView } from 'codemirror'
import { editorLook } from './editor-look.ts'
import { type EditorCommands, ownCommands, vimKeys } from './vim-commands.ts'

interface EditorOptions {
  readonly parent: HTMLElement
  readonly path: string
  readonly text: string
  readonly vi: boolean
  readonly readOnly: boolean
  readonly label: string
  readonly commands: EditorCommands
  readonly onChange: () => void
}

/** A CodeMirror over a learner's file. Tab indents with spaces, as YAML wants. */
export function createEditor(options: EditorOptions): EditorView {
  const { parent, path, text, vi, readOnly, label, commands } = options
  const saveKey = {
    key: 'Mod-s',
    preventDefault: true,
    run: () => {
      commands.save()
      return true
    },
  }
  const view = new EditorView({
    parent,
    doc: text,
    extensions: [
      vi ? vimKeys() : [],
      keymap.of([saveKey]),
      basicSetup,
      /\.ya?ml$|kubectl-edit/.test(path) ? yaml() : [],
      editorLook,
      EditorState.tabSize.of(2),
      EditorState.readOnly.of(readOnly),
      // What is edited can be focused as it is; the number says so to tools that do not count editable content.
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      EditorView.updateListener.of((update) => update.docChanged && options.onChange()),
    ],
  })
  ownCommands(view, commands)
  view.focus()
  return view
}
