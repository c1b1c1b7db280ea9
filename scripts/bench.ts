/**
 * Runs every scripts/bench/*.bench.ts, each in a process of its own, and prints one table:
 *   npm run bench [-- NAME]
 * A bench file exports `benches`: an array of Bench.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchResult } from './bench/bench.ts'

const folder = join(import.meta.dirname, 'bench')
const wanted = process.argv.slice(2)
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((word) => name.includes(word))))
  .sort()

/** A process each, so that one bench's heap and compiled code do not weigh on the next. */
function runFile(name: string): readonly BenchResult[] {
  const args = ['--expose-gc', '--import', 'tsx', join(folder, 'run-one.ts'), join(folder, name)]
  const { stdout, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`${name} ended with ${status}`)
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n[') + 1))
}

const format = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3))

const rows = files.flatMap((name) => runFile(name).map((result) => [name.replace('.bench.ts', ''), result] as const))
const cells = rows.map(([file, { name, median, p95, unit, limit, runs }]) => [
  file,
  name,
  `${format(median)} ${unit}`,
  p95 === undefined ? '' : `${format(p95)} ${unit}`,
  limit === undefined ? '' : `≤ ${format(limit)} ${unit}`,
  limit === undefined ? '' : `${(median / limit).toFixed(2)}${median > limit ? '  OVER' : ''}`,
  String(runs),
])
const header = ['file', 'what', 'median', 'p95', 'limit', 'ratio', 'runs']
const widths = header.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i]?.length ?? 0)))
for (const row of [header, ...cells])
  console.log(
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
process.exit(rows.some(([, { median, limit }]) => limit !== undefined && median > limit) ? 1 : 0)
