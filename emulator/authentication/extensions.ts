/** What a certificate says beyond names and times (RFC 5280, section 4.2). */
import { fromUtf8, utf8Bytes } from '../api/base64.ts'
import { type Bytes, type Element, element, elements, objectId, TAG } from './der.ts'
import { dottedOf } from './distinguished-name.ts'

export interface Extensions {
  /** `DNS:shop.example.com`, `IP Address:10.96.0.1`. */
  readonly alternativeNames: readonly string[]
  /** May it sign for others? Undefined where it does not say. */
  readonly authority: boolean | undefined
  /** `Digital Signature`, … */
  readonly usages: readonly string[]
  /** `TLS Web Server Authentication`, … */
  readonly purposes: readonly string[]
  readonly subjectKeyId: Bytes | undefined
  readonly authorityKeyId: Bytes | undefined
}

export const NO_EXTENSIONS: Extensions = Object.freeze({
  alternativeNames: [],
  authority: undefined,
  usages: [],
  purposes: [],
  subjectKeyId: undefined,
  authorityKeyId: undefined,
})

const KEY_USAGE = '2.5.29.15'
const EXTENDED_KEY_USAGE = '2.5.29.37'
const BASIC_CONSTRAINTS = '2.5.29.19'
const SUBJECT_KEY = '2.5.29.14'
const AUTHORITY_KEY = '2.5.29.35'
const ALTERNATIVE_NAME = '2.5.29.17'

/** In the order of their bits. */
const USAGES = [
  'Digital Signature',
  'Non Repudiation',
  'Key Encipherment',
  'Data Encipherment',
  'Key Agreement',
  'Certificate Sign',
  'CRL Sign',
]
const PURPOSES: readonly (readonly [name: string, id: string])[] = [
  ['TLS Web Server Authentication', '1.3.6.1.5.5.7.3.1'],
  ['TLS Web Client Authentication', '1.3.6.1.5.5.7.3.2'],
]
/** Tags of general names. */
const NAME_TAGS: readonly (readonly [kind: string, tag: number])[] = [
  ['email', 0x81],
  ['DNS', 0x82],
  ['URI', 0x86],
  ['IP Address', 0x87],
]

export function encodeExtensions(wanted: Extensions): readonly Bytes[] {
  const one = (id: string, value: Bytes, critical = false): Bytes =>
    element(
      TAG.sequence,
      objectId(id),
      ...(critical ? [element(TAG.boolean, [255])] : []),
      element(TAG.octetString, value),
    )
  const { alternativeNames, authority, usages, purposes, subjectKeyId, authorityKeyId } = wanted
  const purposeIds = PURPOSES.filter(([name]) => purposes.includes(name)).map(([, id]) => objectId(id))
  const constraints = element(TAG.sequence, ...(authority === true ? [element(TAG.boolean, [255])] : []))
  return [
    ...(usages.length > 0 ? [one(KEY_USAGE, usageBits(usages), true)] : []),
    ...(purposeIds.length > 0 ? [one(EXTENDED_KEY_USAGE, element(TAG.sequence, ...purposeIds))] : []),
    ...(authority === undefined ? [] : [one(BASIC_CONSTRAINTS, constraints, true)]),
    ...(subjectKeyId ? [one(SUBJECT_KEY, element(TAG.octetString, subjectKeyId))] : []),
    ...(authorityKeyId ? [one(AUTHORITY_KEY, element(TAG.sequence, element(0x80, authorityKeyId)))] : []),
    ...(alternativeNames.length > 0
      ? [one(ALTERNATIVE_NAME, element(TAG.sequence, ...alternativeNames.map(generalName)))]
      : []),
  ]
}

function usageBits(usages: readonly string[]): Bytes {
  const bits = USAGES.reduce((sum, name, index) => (usages.includes(name) ? sum | (128 >> index) : sum), 0)
  const last = USAGES.findLastIndex((name) => usages.includes(name))
  return element(TAG.bitString, [7 - last, bits])
}

function generalName(name: string): Bytes {
  const at = name.indexOf(':')
  const value = name.slice(at + 1)
  const kind = name.slice(0, at)
  const tag = NAME_TAGS.find(([known]) => known === kind)?.[1] ?? 0x82
  const address = value.split('.').map(Number)
  const isAddress = kind === 'IP Address' && address.length === 4
  return element(tag, isAddress ? address : [...utf8Bytes(value)])
}

/** From the element around the list of extensions; none where it is missing. */
export function readExtensions(around: Element | undefined): Extensions {
  const [list] = elements(around?.content ?? []) ?? []
  const values = new Map<string, Bytes>()
  for (const { content } of elements(list?.content ?? []) ?? []) {
    const parts = elements(content) ?? []
    const [id] = parts
    const value = parts.at(-1)
    if (id && value) values.set(dottedOf(id.content), value.content)
  }
  const inside = (id: string): readonly Element[] => elements(elements(values.get(id) ?? [])?.[0]?.content ?? []) ?? []
  const purposes = inside(EXTENDED_KEY_USAGE).map(({ content }) => dottedOf(content))
  const [, bits = 0] = elements(values.get(KEY_USAGE) ?? [])?.[0]?.content ?? []
  return {
    alternativeNames: inside(ALTERNATIVE_NAME).flatMap(nameText),
    authority: values.has(BASIC_CONSTRAINTS) ? inside(BASIC_CONSTRAINTS)[0]?.content[0] === 255 : undefined,
    usages: USAGES.filter((_, index) => bits & (128 >> index)),
    purposes: purposes.map((id) => PURPOSES.find(([, known]) => known === id)?.[0] ?? id),
    subjectKeyId: elements(values.get(SUBJECT_KEY) ?? [])?.[0]?.content,
    authorityKeyId: inside(AUTHORITY_KEY).find(({ tag }) => tag === 0x80)?.content,
  }
}

function nameText({ tag, content }: Element): readonly string[] {
  const kind = NAME_TAGS.find(([, known]) => known === tag)?.[0]
  if (kind === undefined) return []
  return [`${kind}:${kind === 'IP Address' ? content.join('.') : fromUtf8([...content])}`]
}
