/** Runs the benches of one file and prints their results as a line of JSON. */
import { pathToFileURL } from 'node:url'
import type { Bench, BenchResult } from './bench.ts'

async function measure({ name, unit = 'ms', limit, runs = 30, warmup = 5, prepare, run }: Bench): Promise<BenchResult> {
  const figures: number[] = []
  for (let i = -warmup; i < runs; i++) {
    const prepared = (await prepare?.()) as never
    const started = performance.now()
    const own = await run(prepared)
    const took = performance.now() - started
    if (i >= 0) figures.push(typeof own === 'number' ? own : took)
  }
  figures.sort((a, b) => a - b)
  const at = (share: number) => figures[Math.min(figures.length - 1, Math.floor(figures.length * share))] ?? 0
  return {
    name,
    unit,
    median: at(0.5),
    ...(runs >= 20 && { p95: at(0.95) }),
    ...(limit !== undefined && { limit }),
    runs,
  }
}

const file = process.argv[2]
if (!file) throw new Error('Name a bench file.')
const { benches } = (await import(pathToFileURL(file).href)) as { benches: readonly Bench[] }
const results: BenchResult[] = []
for (const bench of benches) results.push(await measure(bench))
console.log(`\n${JSON.stringify(results)}`)
process.exit(0)
