import { FitAddon } from '@xterm/addon-fit'
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { onThemeChange, shownTheme } from '../site/theme.ts'
import { palettes } from './palette.ts'
import { handleTerminalKeys } from './terminal-keys.ts'

export interface DrawnTerminal {
  readonly terminal: Terminal
  /** Fits to the element; undefined while it is hidden. */
  fit(): { readonly columns: number; readonly rows: number } | undefined
  dispose(): void
}

/** Letters that a table of kubectl still fits in; smaller ones where the element is narrower than that. */
const FONT = { normal: 13, small: 12, wanted: 84 }
const CELL_PER_PIXEL = 0.6
/** Padding of the screen and xterm's own scrollbar. */
const BESIDE = 28

function fontFor(width: number): number {
  return (width - BESIDE) / (FONT.normal * CELL_PER_PIXEL) < FONT.wanted ? FONT.small : FONT.normal
}

/** An xterm in an element: Korean two cells wide, links that open, theme that follows the page. */
export function createTerminal(element: HTMLElement, onLeave: () => void): DrawnTerminal {
  const terminal = new Terminal({
    allowProposedApi: true,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono') || 'monospace',
    fontSize: fontFor(element.clientWidth),
    lineHeight: 1.25,
    minimumContrastRatio: 4.5,
    // The server redraws a line that is being typed as it lies once its rows were wrapped anew.
    reflowCursorLine: true,
    scrollback: 5000,
    theme: palettes[shownTheme()],
  })
  const fitting = new FitAddon()
  terminal.loadAddon(fitting)
  terminal.loadAddon(new UnicodeGraphemesAddon())
  terminal.loadAddon(new WebLinksAddon())
  terminal.open(element)
  handleTerminalKeys(terminal, onLeave)
  const stopTheme = onThemeChange(() => {
    terminal.options.theme = palettes[shownTheme()]
  })
  return {
    terminal,
    fit() {
      if (element.clientWidth === 0 || element.clientHeight === 0) return undefined
      terminal.options.fontSize = fontFor(element.clientWidth)
      fitting.fit()
      return { columns: terminal.cols, rows: terminal.rows }
    },
    dispose() {
      stopTheme()
      terminal.dispose()
    },
  }
}
