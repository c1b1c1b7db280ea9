/** Names in certificates (RFC 4514, RFC 5280). */
import { fromUtf8, utf8Bytes } from '../api/base64.ts'
import { type Bytes, type Element, element, elements, objectId, TAG } from './der.ts'

/** `CN`, `O`, … and its value; unknown attributes by their dotted identifier. */
export type NamePart = readonly [attribute: string, value: string]
/** Attributes in their order: `[['O', 'Acme Co'], ['CN', 'foo.bar.com']]`. */
export type DistinguishedName = readonly NamePart[]

const TYPES: readonly (readonly [type: string, id: string])[] = [
  ['CN', '2.5.4.3'],
  ['serialNumber', '2.5.4.5'],
  ['C', '2.5.4.6'],
  ['L', '2.5.4.7'],
  ['ST', '2.5.4.8'],
  ['street', '2.5.4.9'],
  ['O', '2.5.4.10'],
  ['OU', '2.5.4.11'],
  ['emailAddress', '1.2.840.113549.1.9.1'],
  ['DC', '0.9.2342.19200300.100.1.25'],
]

/** Is it an attribute that a subject may have? */
export const isNameType = (type: string): boolean => TYPES.some(([known]) => known === type)

export function encodeName(parts: DistinguishedName): Bytes {
  const encoded = parts.map(([type, value]) => {
    const id = TYPES.find(([known]) => known === type)?.[1] ?? type
    return element(TAG.set, element(TAG.sequence, objectId(id), element(TAG.utf8, [...utf8Bytes(value)])))
  })
  return element(TAG.sequence, ...encoded)
}

export function readName({ content }: Element): DistinguishedName {
  return (elements(content) ?? []).flatMap((set) =>
    (elements(set.content) ?? []).flatMap((pair): DistinguishedName => {
      const [id, value] = elements(pair.content) ?? []
      if (!id || !value) return []
      const dotted = dottedOf(id.content)
      const type = TYPES.find(([, known]) => known === dotted)?.[0] ?? dotted
      return [[type, fromUtf8([...value.content])]]
    }),
  )
}

/** `2.5.4.3` from its bytes. */
export function dottedOf([first = 0, ...rest]: Bytes): string {
  const numbers = [Math.floor(first / 40), first % 40]
  let value = 0
  for (const byte of rest) {
    value = value * 128 + (byte & 127)
    if (byte >= 128) continue
    numbers.push(value)
    value = 0
  }
  return numbers.join('.')
}

export const valuesOf = (parts: DistinguishedName, attribute: string): readonly string[] =>
  parts.filter(([own]) => own === attribute).map(([, value]) => value)

/** `O=Acme Co; CN=foo.bar.com`, as curl shows names on one line. */
export const nameText = (name: DistinguishedName, separator = '; ', equals = '='): string =>
  name.map(([attribute, value]) => `${attribute}${equals}${value}`).join(separator)

export const sameName = (a: DistinguishedName, b: DistinguishedName): boolean => nameText(a, '\n') === nameText(b, '\n')
