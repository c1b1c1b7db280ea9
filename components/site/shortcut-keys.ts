/** Every shortcut there is, by place; labels are keys of the `shortcuts` texts. */
export const shortcutGroups = [
  {
    place: 'page',
    keys: [
      { label: 'help', keys: ['?'] },
      { label: 'search', keys: ['/'] },
      { label: 'results', keys: ['↑', '↓'] },
      { label: 'toTerminal', keys: ['t'] },
      { label: 'toTrace', keys: ['w'] },
      { label: 'undo', keys: ['Ctrl+Shift+Z'] },
      { label: 'redo', keys: ['Ctrl+Shift+Y'] },
      { label: 'divider', keys: ['←', '→', '↑', '↓'] },
    ],
  },
  {
    place: 'terminal',
    keys: [
      { label: 'leave', keys: ['Ctrl+Shift+K'] },
      { label: 'copy', keys: ['Ctrl+Shift+C'] },
      { label: 'paste', keys: ['Ctrl+Shift+V'] },
      { label: 'complete', keys: ['Tab'] },
      { label: 'history', keys: ['Ctrl+R'] },
      { label: 'interrupt', keys: ['Ctrl+C'] },
    ],
  },
  {
    place: 'trace',
    keys: [
      { label: 'step', keys: ['←', '→'] },
      { label: 'ends', keys: ['Home', 'End'] },
      { label: 'play', keys: ['Space'] },
    ],
  },
  {
    place: 'editor',
    keys: [
      { label: 'save', keys: ['Ctrl+S', ':w'] },
      { label: 'saveClose', keys: [':wq'] },
      { label: 'discard', keys: [':q!'] },
    ],
  },
] as const
