/** Fired by whatever just sent something to the terminal: a folded sheet opens on it. */
export const showTerminalEvent = 'slipway:show-terminal'
/** Fired when the reader asks for the terminal's focus. */
export const focusTerminalEvent = 'slipway:terminal'
/** Fired when the reader asks for the walk of the last request. */
export const focusTraceEvent = 'slipway:trace'
/** Fired by anything that wants the list of shortcuts shown. */
export const showShortcutsEvent = 'slipway:shortcuts'
