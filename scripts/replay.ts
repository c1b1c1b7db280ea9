/**
 * Replays case files and writes their transcripts, each on a cluster of its own:
 *   npm run -s replay -- CASES OUT [--only TEXT] [--kubectl PATH]
 * In the emulated terminal, in virtual time, as root on the control plane in /root/work; or, with --kubectl, in a real
 * bash with a real kubectl against the cluster's API over HTTP.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readCases } from './replay/cases.ts'
import { replayCaseWithKubectl } from './replay/kubectl.ts'
import { replayCase } from './replay/terminal.ts'

const USAGE = 'usage: npm run -s replay -- CASES OUT [--only TEXT] [--kubectl PATH]'

async function main(): Promise<number> {
  const options = { only: { type: 'string' }, kubectl: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const { only = '', kubectl } = values
  const [from, to] = positionals
  if (from === undefined || to === undefined) {
    console.error(USAGE)
    return 2
  }
  mkdirSync(to, { recursive: true })
  const cases = readCases(from).filter((c) => `${c.topic}/${c.name}`.includes(only))
  for (const subject of cases) {
    const transcript = await (kubectl ? replayCaseWithKubectl(subject, resolve(kubectl)) : replayCase(subject))
    writeFileSync(join(to, `${subject.name}.json`), `${JSON.stringify(transcript, null, 2)}\n`)
  }
  console.log(`${cases.length} cases replayed`)
  return 0
}

process.exit(await main())
