import { RE2JS } from 're2js'
import type { DnsRecord } from '../../types.ts'
import { CorefileError, type Line } from '../corefile-blocks.ts'
import { type DnsPlugin, type DnsQuery, fallthroughZones, inZone, zoneFor, zonesOf } from '../plugin.ts'
import { type DnsReply, failure } from '../reply.ts'
import { parseRecord } from '../zone-file.ts'

interface Template {
  readonly type: string
  readonly zones: readonly string[]
  readonly matches: readonly RE2JS[]
  readonly answers: readonly string[]
  readonly additional: readonly string[]
  readonly authority: readonly string[]
  readonly rcode: DnsReply['rcode']
  readonly leaves: readonly string[] | undefined
}

const RCODES = ['NOERROR', 'NXDOMAIN', 'SERVFAIL', 'REFUSED'] as const
const LONGEST = 1024
const OPTIONS = new Set(['match', 'answer', 'additional', 'authority', 'rcode', 'fallthrough', 'upstream', 'ederror'])

/** Answers that are made from what a pattern finds in the name (coredns plugin/template). */
export const template: DnsPlugin = {
  name: 'template',
  setup(lines, zones) {
    const templates = lines.map((line) => readTemplate(line, zones))
    return (query, _, next) => {
      for (const one of templates) {
        const zone = zoneFor(query.name, one.zones)
        if (zone === undefined || (one.type !== 'ANY' && one.type !== query.type)) continue
        const found = firstMatch(one, query)
        if (found === undefined) {
          if (one.leaves?.some((leaf) => inZone(query.name, leaf))) continue
          // Without fallthrough, a name of the zone that no pattern fits does not exist.
          return failure('NXDOMAIN')
        }
        return answer(one, query, zone, found)
      }
      return next(query)
    }
  },
}

function readTemplate(line: Line, blockZones: readonly string[]): Template {
  const [kind, type, ...zones] = line.args
  const problem = (what: string, number = line.number) =>
    new CorefileError(line.file, number, what, 'plugin/template: ')
  if (kind === undefined || type === undefined)
    throw problem(`Wrong argument count or unexpected line ending after '${kind ?? 'template'}'`)
  const unknown = line.block.find(({ name }) => !OPTIONS.has(name))
  if (unknown !== undefined) throw problem(`unknown property '${unknown.name}'`, unknown.number)
  const texts = (name: string) => line.block.filter((one) => one.name === name).flatMap(({ args }) => args)
  const code = texts('rcode')[0]
  const fall = line.block.find(({ name }) => name === 'fallthrough')
  const patterns = texts('match')
  const rcode = RCODES.find((known) => known === (code?.toUpperCase() ?? 'NOERROR'))
  if (rcode === undefined) throw problem(`unknown rcode ${code}`)
  return {
    type: type.toUpperCase(),
    zones: zonesOf(zones, blockZones),
    matches: (patterns.length > 0 ? patterns : ['.*']).map((source) => {
      if (source.length > LONGEST) throw problem(`could not parse regex: ${source.slice(0, 64)}…`)
      try {
        return RE2JS.compile(source)
      } catch {
        throw problem(`could not parse regex: ${source}`)
      }
    }),
    answers: texts('answer'),
    additional: texts('additional'),
    authority: texts('authority'),
    rcode,
    leaves: fall && fallthroughZones(fall.args),
  }
}

type Found = ReadonlyMap<string, string>

/** What the groups of the first pattern that fits have found, by number and by name. */
function firstMatch({ matches }: Template, { name }: DnsQuery): Found | undefined {
  for (const pattern of matches) {
    const matcher = pattern.matcher(`${name}.`)
    if (!matcher.find()) continue
    const found = new Map<string, string>()
    for (let group = 0; group <= pattern.groupCount(); group += 1) found.set(`${group}`, matcher.group(group) ?? '')
    for (const [group, number] of Object.entries(pattern.namedGroups())) found.set(group, found.get(`${number}`) ?? '')
    return found
  }
  return undefined
}

function answer(one: Template, query: DnsQuery, zone: string, found: Found): DnsReply {
  if (one.rcode === 'SERVFAIL') return failure('SERVFAIL')
  const made: DnsRecord[][] = []
  for (const texts of [one.answers, one.authority, one.additional]) {
    const records = texts.map((text) => parseRecord(filledIn(text, query, zone, found)))
    if (records.some((known) => known === undefined))
      return failure('SERVFAIL', `dns: not a valid resource record: ${texts.join(' ')}`)
    made.push(records.flatMap((known) => known ?? []))
  }
  const [answers = [], authority = [], additional = []] = made
  return { rcode: one.rcode, answers, authority, additional }
}

/** The few words of Go's templates that answers are made of: `.Name`, `.Zone`, `.Type`, `.Class`, `.Group.x`, `index .Match 1`. */
function filledIn(text: string, { name, type }: DnsQuery, zone: string, found: Found): string {
  return text.replace(/\{\{-?\s*(.*?)\s*-?\}\}/g, (whole, expression: string) => {
    const index = /^index \.(?:Match|Group) "?(\w+)"?$/.exec(expression)?.[1]
    const group = index ?? /^\.Group\.(\w+)$/.exec(expression)?.[1]
    if (group !== undefined) return found.get(group) ?? ''
    const known = new Map([
      ['.Name', `${name}.`],
      ['.Zone', `${zone}.`],
      ['.Type', type],
      ['.Class', 'IN'],
    ])
    return known.get(expression) ?? whole
  })
}
