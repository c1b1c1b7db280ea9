import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** The editor wears the page's colours, so it follows light and dark without being told. */
export const editorLook = [
  EditorView.theme({
    '&': { height: '100%', fontSize: '13.5px', backgroundColor: 'var(--term-paper)', color: 'var(--ink)' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.6' },
    '.cm-content': { caretColor: 'var(--accent)' },
    '.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
    '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--ink-soft)', border: 'none' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--accent) 8%, transparent)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      background: 'color-mix(in srgb, var(--accent) 28%, transparent)',
    },
    '.cm-panels': { backgroundColor: 'var(--surface)', color: 'var(--ink)', borderColor: 'var(--line)' },
    '.cm-vim-panel': { padding: '4px 12px', fontFamily: 'var(--font-mono)', minHeight: '1.75rem' },
    '.cm-vim-panel input': { color: 'var(--ink)', fontFamily: 'var(--font-mono)' },
    '&.cm-focused .cm-fat-cursor': { background: 'var(--accent)', color: 'var(--accent-ink) !important' },
    '&:not(.cm-focused) .cm-fat-cursor': { outline: '1px solid var(--accent)', background: 'transparent' },
    '.cm-foldPlaceholder': { background: 'var(--raised)', borderColor: 'var(--line)', color: 'var(--ink-soft)' },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
      { tag: [tags.string, tags.content], color: 'var(--ink)' },
      { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--good)' },
      { tag: tags.comment, color: 'var(--ink-soft)', fontStyle: 'italic' },
      { tag: [tags.separator, tags.punctuation, tags.meta], color: 'var(--ink-soft)' },
      { tag: tags.invalid, color: 'var(--bad)' },
    ]),
  ),
]
