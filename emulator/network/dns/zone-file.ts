import type { DnsQuestion, DnsRecord } from '../types.ts'

const TYPES = ['A', 'AAAA', 'CNAME', 'SRV', 'PTR', 'NS', 'SOA', 'TXT', 'MX'] as const
const DEFAULT_TTL = 3600
const UNITS: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
  ['w', 604_800],
])
/** Types whose data holds names, by the place of the name in it. */
const NAMES_IN: ReadonlyMap<string, readonly number[]> = new Map([
  ['CNAME', [0]],
  ['NS', [0]],
  ['PTR', [0]],
  ['MX', [1]],
  ['SRV', [3]],
  ['SOA', [0, 1]],
])

interface State {
  origin: string
  ttl: number
  owner: string
}

/** One record as it is written in zone files; undefined if it cannot be read. */
export function parseRecord(text: string): DnsRecord | undefined {
  return recordOf(wordsOf(text), !/^\s/.test(text), { origin: '.', ttl: DEFAULT_TTL, owner: '.' })
}

/** The records of a zone file (RFC 1035 §5), or the line that cannot be read. */
export function parseZone(text: string, origin: string): readonly DnsRecord[] | { readonly problem: string } {
  const state: State = { origin: `${origin}.`, ttl: DEFAULT_TTL, owner: `${origin}.` }
  const records: DnsRecord[] = []
  for (const line of logicalLines(text)) {
    const words = wordsOf(line)
    const [first, second] = words
    if (first === undefined) continue
    if (first === '$ORIGIN') state.origin = absolute(second ?? '', state.origin)
    else if (first === '$TTL') state.ttl = secondsOf(second ?? '') ?? state.ttl
    else {
      const record = recordOf(words, !/^\s/.test(line), state)
      if (record === undefined) return { problem: line.trim() }
      records.push(record)
    }
  }
  return records
}

/** A semicolon in quotes begins no comment. */
const BEFORE_COMMENT = /^(?:[^";]|"[^"]*(?:"|$))*/

/** Lines without comments; what stands in parentheses is one line. */
function logicalLines(text: string): readonly string[] {
  const lines: string[] = []
  let open = false
  for (const raw of text.split('\n')) {
    const [line] = BEFORE_COMMENT.exec(raw) ?? ['']
    if (open) lines[lines.length - 1] += ` ${line}`
    else lines.push(line)
    if (line.includes('(')) open = true
    if (line.includes(')')) open = false
  }
  return lines.map((line) => line.replace(/[()]/g, ' ')).filter((line) => line.trim() !== '')
}

function wordsOf(line: string): readonly string[] {
  return line.match(/"[^"]*"|\S+/g) ?? []
}

function recordOf(words: readonly string[], named: boolean, state: State): DnsRecord | undefined {
  const left = [...words]
  if (named) state.owner = absolute(left.shift() ?? '', state.origin)
  let ttl = state.ttl
  for (let word = left[0]; word !== undefined; word = left[0]) {
    const seconds = secondsOf(word)
    if (seconds !== undefined) ttl = seconds
    else if (word.toUpperCase() !== 'IN') break
    left.shift()
  }
  const word = left.shift()?.toUpperCase()
  const type = TYPES.find((known) => known === word)
  if (type === undefined || left.length === 0) return undefined
  const places = NAMES_IN.get(type) ?? []
  const data = left.map((part, place) => (places.includes(place) ? absolute(part, state.origin) : numberOf(part, type)))
  return { name: state.owner.toLowerCase(), type, ttl, data: data.join(' ') }
}

const numberOf = (part: string, type: DnsQuestion['type']): string =>
  type === 'SOA' ? String(secondsOf(part) ?? part) : part

function absolute(name: string, origin: string): string {
  if (name === '@') return origin
  if (name.endsWith('.')) return name
  return origin === '.' ? `${name}.` : `${name}.${origin}`
}

/** `3600`, `1h30m`. */
function secondsOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  if (!/^(\d+[smhdw])+$/i.test(text)) return undefined
  return [...text.matchAll(/(\d+)([smhdw])/gi)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS.get((unit ?? '').toLowerCase()) ?? 0),
    0,
  )
}
