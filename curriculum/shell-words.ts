/** Keeps the words of a highlighted command together, so that a long line breaks between options and not inside of them. */
import type { Element, ElementContent } from 'hast'
import type { ShikiTransformer } from 'shiki/core'

/** Wraps every run of tokens without a blank in one `<span class="word">`. */
export const shellWords: ShikiTransformer = {
  line(line) {
    if (this.options.lang !== 'bash') return
    const pieces = line.children.flatMap(splitAtBlanks)
    line.children = pieces.reduce<ElementContent[]>((words, piece) => {
      const last = words.at(-1)
      if (isBlank(piece)) words.push(piece)
      else if (last !== undefined && isWord(last)) last.children.push(piece)
      else words.push({ type: 'element', tagName: 'span', properties: { class: 'word' }, children: [piece] })
      return words
    }, [])
  },
}

/** A token of several words becomes several tokens of the same look, with the blanks between them as texts. */
function splitAtBlanks(token: ElementContent): ElementContent[] {
  if (token.type !== 'element') return [token]
  const [text] = token.children
  if (token.children.length !== 1 || text?.type !== 'text') return [token]
  return (text.value.match(/\s+|\S+/g) ?? []).map((value) =>
    /\s/.test(value) ? { type: 'text', value } : { ...token, children: [{ type: 'text', value }] },
  )
}

const isBlank = (piece: ElementContent): boolean => piece.type === 'text' && /^\s/.test(piece.value)
const isWord = (piece: ElementContent): piece is Element =>
  piece.type === 'element' && piece.properties.class === 'word'
