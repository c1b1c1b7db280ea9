/** True when a keystroke is text for a field, an editor or the terminal, and so never a shortcut of the page. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input, textarea, select, .xterm, .cm-editor') !== null
}
