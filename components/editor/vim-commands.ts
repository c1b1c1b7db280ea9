import type { EditorView } from '@codemirror/view'
import { getCM, Vim, vim } from '@replit/codemirror-vim'

/** What the ex commands of one editor do. */
export interface EditorCommands {
  save(): void
  /** `force` is vi's `!`. */
  quit(force: boolean): void
  saveAndQuit(): void
}

// Vim's table of ex commands is shared by all editors: each command looks up the editor that it was typed in.
const owners = new WeakMap<object, EditorCommands>()
let defined = false

function defineCommands(): void {
  if (defined) return
  defined = true
  type Run = (commands: EditorCommands, force: boolean) => void
  const define = (name: string, short: string, run: Run) =>
    Vim.defineEx(name, short, (cm: object, params: { argString?: string }) => {
      const commands = owners.get(cm)
      if (commands) run(commands, params.argString?.trim().startsWith('!') ?? false)
    })
  define('write', 'w', (commands) => commands.save())
  define('quit', 'q', (commands, force) => commands.quit(force))
  define('qall', 'qa', (commands, force) => commands.quit(force))
  define('wq', 'wq', (commands) => commands.saveAndQuit())
  define('wqall', 'wqa', (commands) => commands.saveAndQuit())
  define('xit', 'x', (commands) => commands.saveAndQuit())
  define('exit', 'exi', (commands) => commands.saveAndQuit())
  Vim.map('ZZ', ':wq<CR>', 'normal')
  Vim.map('ZQ', ':q!<CR>', 'normal')
}

/** Vim keys with vi's status line. */
export function vimKeys() {
  defineCommands()
  return vim({ status: true })
}

/** Ties an editor to what its `:w`, `:q` and `:wq` do. */
export function ownCommands(view: EditorView, commands: EditorCommands): void {
  const cm = getCM(view)
  if (cm) owners.set(cm, commands)
}

/** Shows a line where vi shows its messages. */
export function vimMessage(view: EditorView, text: string): void {
  const line = document.createElement('span')
  line.textContent = text
  getCM(view)?.openNotification(line, { bottom: true, duration: 4000 })
}
