import { defineCommand } from '../types.ts'
import { parseArguments } from './arguments.ts'
import { formatDate } from './date-format.ts'

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['sec', 1_000],
  ['second', 1_000],
  ['min', 60_000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
  ['week', 604_800_000],
])

export const date = defineCommand({
  name: 'date',
  summary: 'Show the time of the cluster',
  async run({ argv, time, out, err }) {
    const { flags, values, words, unknown } = parseArguments(argv.slice(1), {
      flags: ['u', 'utc', 'universal', 'R', 'rfc-email', 'I', 'iso-8601', 's'],
      values: ['d', 'date', 'rfc-3339'],
    })
    if (unknown !== undefined && !unknown.startsWith('-I')) {
      err(`date: invalid option -- '${unknown.replace(/^-+/, '')}'\nTry 'date --help' for more information.\n`)
      return 1
    }
    const text = values.get('d') ?? values.get('date')
    const at = text === undefined ? time.now() : parseDate(text, time.now())
    if (at === undefined) {
      err(`date: invalid date ‘${text}’\n`)
      return 1
    }
    const [format] = words
    if (format !== undefined && !format.startsWith('+')) {
      err(`date: invalid date ‘${format}’\n`)
      return 1
    }
    out(`${formatDate(at, format?.slice(1) ?? standardFormat(flags, values))}\n`)
    return 0
  },
})

function standardFormat(flags: ReadonlySet<string>, values: ReadonlyMap<string, string>): string {
  if (flags.has('R') || flags.has('rfc-email')) return '%a, %d %b %Y %H:%M:%S %z'
  if (flags.has('s')) return '%Y-%m-%dT%H:%M:%S%:z'
  if (flags.has('I') || flags.has('iso-8601')) return '%F'
  return values.has('rfc-3339') ? '%F %T%:z' : '%a %b %e %H:%M:%S %Z %Y'
}

function parseDate(text: string, now: number): number | undefined {
  const word = text.trim().toLowerCase()
  if (word === 'now' || word === 'today' || word === '') return now
  if (word === 'yesterday') return now - 86_400_000
  if (word === 'tomorrow') return now + 86_400_000
  const seconds = /^@(-?\d+(?:\.\d+)?)$/.exec(word)?.[1]
  if (seconds !== undefined) return Number(seconds) * 1_000
  const relative = /^([+-]?\s*\d+)\s*([a-z]+?)s?(\s+ago)?$/.exec(word)
  const unit = UNIT_MS.get(relative?.[2] ?? '')
  if (relative?.[1] !== undefined && unit !== undefined) {
    const amount = Number(relative[1].replace(/\s/g, '')) * unit
    return now + (relative[3] === undefined ? amount : -amount)
  }
  const at = Date.parse(/\d{2}:\d{2}/.test(text) && !/[zZ]|[+-]\d{2}:?\d{2}$/.test(text) ? `${text}Z` : text)
  return Number.isNaN(at) ? undefined : at
}
