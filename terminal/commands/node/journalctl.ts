import { defineCommand } from '../../types.ts'
import { parseArguments } from '../arguments.ts'
import { journalLines } from './journal.ts'
import { nodeOf } from './node-place.ts'
import { UNITS, unitNamed } from './units.ts'

const UNIT_MS: { readonly [letter: string]: number } = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const FOLLOW_PIECE_MS = 1_000

/** journalctl -u kubelet|containerd: -n, --since, -r, -f; -x, -e and --no-pager change nothing where nothing pages. */
export const journalctl = defineCommand({
  name: 'journalctl',
  summary: 'Show what the kubelet and containerd logged',
  async run(context) {
    const { cluster, argv, out, err, time, signal } = context
    const { flags, values, unknown } = parseArguments(argv.slice(1), {
      flags: [
        'f',
        'x',
        'e',
        'r',
        'q',
        'a',
        'l',
        'b',
        'k',
        'follow',
        'no-pager',
        'catalog',
        'reverse',
        'quiet',
        'pager-end',
      ],
      values: ['u', 'n', 'S', 'o', 'p', 'unit', 'lines', 'since', 'until', 'output', 'U'],
    })
    if (unknown !== undefined) {
      err(
        `journalctl: ${unknown.startsWith('--') ? `unrecognized option '${unknown}'` : `invalid option -- '${unknown.slice(1)}'`}\n`,
      )
      return 1
    }
    const node = nodeOf(context)
    const asked = values.get('u') ?? values.get('unit')
    const unit = asked === undefined ? undefined : unitNamed(asked)
    const since = sinceTime(values.get('since') ?? values.get('S'), cluster.now())
    if (since === undefined) {
      err(`Failed to parse timestamp: ${values.get('since') ?? values.get('S')}\n`)
      return 1
    }
    const read = () => {
      if (node === undefined || (asked !== undefined && unit === undefined)) return []
      const names = unit === undefined ? UNITS.map(({ name }) => name) : [unit.name]
      return names.flatMap((name) => journalLines(cluster, node, name)).filter(({ at }) => at >= since)
    }
    const follows = flags.has('f') || flags.has('follow')
    const lines = read()
    const count = Number(values.get('n') ?? values.get('lines') ?? (follows ? 10 : lines.length))
    const shown = count === 0 ? [] : lines.slice(-count)
    if (flags.has('r') || flags.has('reverse')) shown.reverse()
    out(lines.length === 0 && !follows ? '-- No entries --\n' : shown.map(({ text }) => `${text}\n`).join(''))
    const seen = new Set(lines.map(({ text }) => text))
    while (follows && !signal.aborted) {
      await time.sleep(FOLLOW_PIECE_MS, signal)
      for (const { text } of read()) {
        if (seen.has(text)) continue
        seen.add(text)
        out(`${text}\n`)
      }
    }
    return 0
  },
})

/** `10m`, `-10m`, `"5 min ago"`, `today`, or a time written out. */
function sinceTime(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return 0
  const relative = /^-?(\d+)\s*(s|m|h|d)[a-z]*(\s+ago)?$/.exec(text)
  if (relative) return now - Number(relative[1]) * (UNIT_MS[relative[2] ?? 's'] ?? 0)
  if (text === 'now') return now
  if (text === 'today') return now - (now % 86_400_000)
  if (text === 'yesterday') return now - (now % 86_400_000) - 86_400_000
  const written = Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : ''}`)
  return Number.isNaN(written) ? undefined : written
}
