import type { Terminal } from '@xterm/xterm'

/** The workspace's own chords, with Ctrl and Shift: undo and redo of the cluster. */
const LEFT_TO_THE_PAGE = new Set(['KeyZ', 'KeyY'])

/** Keys that are the page's, not the shell's: copy, paste, the way out, undo and redo. */
export function handleTerminalKeys(terminal: Terminal, onLeave: () => void): void {
  const chords: Record<string, () => void> = {
    KeyC: () => {
      if (terminal.hasSelection()) void navigator.clipboard?.writeText(terminal.getSelection()).catch(() => {})
    },
    KeyV: () =>
      void navigator.clipboard?.readText().then(
        (text) => terminal.paste(text),
        () => {},
      ),
    KeyK: () => {
      terminal.blur()
      onLeave()
    },
  }
  terminal.attachCustomKeyEventHandler((event) => {
    if (!event.ctrlKey || !event.shiftKey || event.altKey || event.metaKey) return true
    if (LEFT_TO_THE_PAGE.has(event.code)) return false
    const act = chords[event.code]
    if (!act) return true
    event.preventDefault()
    if (event.type === 'keydown') act()
    return false
  })
}
