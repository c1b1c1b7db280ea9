/** Lengths a reader can drag, kept as CSS variables of the root element. */
export type LayoutName = 'split' | 'stack' | 'sheet'

/** Applies a length now and keeps it for the next visit. */
export function rememberLayout(name: LayoutName, length: string): void {
  document.documentElement.style.setProperty(`--${name}`, length)
  try {
    localStorage.setItem(`layout-${name}`, length)
  } catch {
    // Storage may be off; the length then lasts as long as the page.
  }
}
