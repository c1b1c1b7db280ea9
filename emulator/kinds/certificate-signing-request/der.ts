/** The little of ASN.1's DER that a certificate request needs: elements inside elements. */
export interface DerElement {
  readonly tag: number
  readonly content: Uint8Array
}

/** One element at the start of `bytes` and what follows it; undefined if they hold none. */
export function readElement(
  bytes: Uint8Array,
): { readonly element: DerElement; readonly rest: Uint8Array } | undefined {
  const [tag, first] = bytes
  if (tag === undefined || first === undefined) return undefined
  const long = first >= 0x80 ? first - 0x80 : 0
  if (long > 4 || bytes.length < 2 + long) return undefined
  const length = long === 0 ? first : bytes.slice(2, 2 + long).reduce((value, byte) => value * 256 + byte, 0)
  const start = 2 + long
  if (start + length > bytes.length) return undefined
  return { element: { tag, content: bytes.slice(start, start + length) }, rest: bytes.slice(start + length) }
}

/** Everything inside a structure; undefined if it is not well-formed. */
export function elementsOf(content: Uint8Array): readonly DerElement[] | undefined {
  const found: DerElement[] = []
  for (let left = content; left.length > 0; ) {
    const next = readElement(left)
    if (!next) return undefined
    found.push(next.element)
    left = next.rest
  }
  return found
}

/** `2.5.4.3` */
export function objectIdentifier({ content }: DerElement): string {
  const numbers: number[] = []
  let value = 0
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f)
    if (byte >= 0x80) continue
    if (numbers.length === 0)
      numbers.push(Math.min(2, Math.floor(value / 40)), value - Math.min(2, Math.floor(value / 40)) * 40)
    else numbers.push(value)
    value = 0
  }
  return numbers.join('.')
}
