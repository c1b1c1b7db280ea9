/** CEL as the library takes it: the two places where it knows less than cel-go, or something else. */

const STRING = /r?"""[\s\S]*?"""|r?'''[\s\S]*?'''|r?"(?:\\.|[^"\\\n])*"|r?'(?:\\.|[^'\\\n])*'/y
/** Functions with a dot in their names: to the library, a dot is always a field or a receiver. */
const NAMESPACES = new Set(['sets', 'format', 'ip', 'strings', 'jsonpatch'])
const WORD = /[A-Za-z_]\w*/y

/**
 * `matches` runs on JavaScript's regular expressions there, whose time has no bound; and `has` takes names alone, where
 * cel-go takes anything with a field at its end.
 */
export function translate(source: string): string {
  let text = ''
  let at = 0
  while (at < source.length) {
    const literal = match(STRING, source, at)
    const word = literal ?? match(WORD, source, at)
    if (word === undefined) {
      text += source[at++]
      continue
    }
    at += word.length
    const made = literal === undefined && !/\.\s*$/.test(text) ? madeObject(source, at, word) : undefined
    if (made) {
      text += made.text
      at = made.at
      continue
    }
    const opens = literal === undefined && /^\s*\(/.test(source.slice(at, at + 20))
    if (opens && word === 'matches') text += 'matchesRe2'
    else if (opens && word === 'has') {
      const start = source.indexOf('(', at)
      const end = closing(source, start)
      text += presence(source.slice(start + 1, end))
      at = end + 1
    } else if (
      NAMESPACES.has(word) &&
      /^\s*\.\s*[a-zA-Z]\w*\s*\(/.test(source.slice(at, at + 60)) &&
      !/\.\s*$/.test(text)
    ) {
      text += `${word}_`
      at = source.indexOf('.', at) + 1
    } else text += word
  }
  return text
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  const sticky = new RegExp(pattern.source, 'y')
  sticky.lastIndex = at
  return sticky.exec(source)?.[0]
}

/** Where the parenthesis that opens at `start` closes. */
function closing(source: string, start: number): number {
  let depth = 0
  for (let at = start; at < source.length; at++) {
    const literal = match(STRING, source, at)
    if (literal !== undefined) at += literal.length - 1
    else if ('([{'.includes(source[at] ?? '')) depth++
    else if (')]}'.includes(source[at] ?? '') && --depth === 0) return at
  }
  return source.length
}

/** `has(self.items[0].name)` as a question to an optional. */
function presence(inner: string): string {
  const field = /^([\s\S]*)\.\s*([A-Za-z_]\w*)\s*$/.exec(inner)
  if (!field || /^[\w.\s]*$/.test(inner)) return `has(${translate(inner)})`
  return `${translate(field[1] ?? '')}.?${field[2]}.hasValue()`
}

/** `Object{spec: Object.spec{replicas: 3}}` and `JSONPatch{op: "add"}` as maps: their fields' names become texts (upstream: apiserver/pkg/cel/mutation). */
function madeObject(
  source: string,
  at: number,
  word: string,
): { readonly text: string; readonly at: number } | undefined {
  if (word !== 'Object' && word !== 'JSONPatch') return undefined
  const type = /^(?:\s*\.\s*[A-Za-z_]\w*)*\s*\{/.exec(source.slice(at, at + 300))
  if (!type) return undefined
  const start = at + type[0].length - 1
  const end = closing(source, start)
  return { text: `{${namedFields(source.slice(start + 1, end))}}`, at: end + 1 }
}

/** `a: 1, b: x` with its names quoted, and what is assigned translated. */
function namedFields(inner: string): string {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at <= inner.length; at++) {
    const literal = match(STRING, inner, at)
    if (literal !== undefined) at += literal.length - 1
    else if ('([{'.includes(inner[at] ?? '_')) at = closing(inner, at)
    else if (at >= inner.length || inner[at] === ',') {
      parts.push(inner.slice(from, at))
      from = at + 1
    }
  }
  return parts
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [, optional = '', name = '', value = ''] = /^\s*(\??)\s*([A-Za-z_]\w*)\s*:([\s\S]*)$/.exec(part) ?? []
      return name === '' ? translate(part) : `${optional}"${name}": ${translate(value)}`
    })
    .join(', ')
}
