/**
 * Writes docs/fidelity.md from the records themselves: what is served, what kubectl can do, what says that it cannot.
 *   node scripts/run.mjs fidelity.ts [--check]
 * With --check nothing is written; the exit code tells whether the page is up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCluster, type KindDefinition } from '../emulator/index.ts'
import { commands } from '../terminal/commands/index.ts'
import type { Subcommand } from '../terminal/kubectl/cli/subcommand.ts'
import { subcommands } from '../terminal/kubectl/index.ts'
import { confessions, refusals } from './fidelity/refusals.ts'
import { clientDifferences } from './replay/client-version.ts'
import { type Difference, differences } from './replay/differences.ts'
import { measured } from './replay/measured.ts'

const ROOT = join(import.meta.dirname, '..')
const PAGE = join(ROOT, 'docs', 'fidelity.md')

function kindRow(kind: KindDefinition): string {
  const version = kind.group ? `${kind.group}/${kind.version}` : kind.version
  return `| ${kind.kind} | \`${version}\` | ${kind.shortNames?.join(', ') ?? ''} | ${kind.subresources?.join(', ') ?? ''} | ${kind.describe ? 'own layout' : 'generic'} |`
}

/** `create service nodeport` and the like, each with its flags. */
function commandRows(list: readonly Subcommand[], path = ''): readonly string[] {
  return list.flatMap((command) => {
    const name = `${path}${command.name}`
    const own = command.run ? [`| \`${name}\` | ${command.summary} | ${Object.keys(command.flags ?? {}).length} |`] : []
    return [...own, ...commandRows(command.subcommands ?? [], `${name} `)]
  })
}

const percent = (steps: number): string => ((100 * steps) / measured.steps).toFixed(1)

function differenceRow({ case: name, step, where, sometimes, reason }: Difference): string {
  const mark = (replay: Difference['where'][number]) =>
    where.includes(replay) ? (sometimes ? 'at times' : 'differs') : ''
  return `| ${name} | ${step} | ${mark('terminal')} | ${mark('kubectl')} | ${reason} |`
}

function page(): string {
  const { kinds } = createCluster({ seed: 'fidelity', startTime: 0 })
  return [
    '# What is emulated',
    '',
    'Written by `scripts/fidelity.ts` from the records in the code; do not edit. What is not listed here is not there, and says so when it is used.',
    '',
    '## Kinds',
    '',
    '| kind | version | short names | subresources | `describe` |',
    '| --- | --- | --- | --- | --- |',
    ...kinds.map(kindRow),
    '',
    '## kubectl',
    '',
    '| command | what it does | flags of its own |',
    '| --- | --- | --- |',
    ...commandRows(subcommands),
    '',
    '## Commands of the terminal',
    '',
    "Beside these, the shell library's text tools (`cat`, `grep`, `sed`, `awk`, `jq`, …) work on the machine's files.",
    '',
    ...commands.map(({ name, summary }) => `- \`${name}\`: ${summary}`),
    '',
    '## What differs from recordings of a real cluster',
    '',
    'Transcripts of a real kubectl 1.36 with a real control plane 1.36 are replayed in the emulated terminal, and with a real kubectl in a real bash against the API over HTTP. These steps differ; every other one matches (`scripts/replay.test.ts`, `scripts/replay-kubectl.test.ts`).',
    '',
    '| case | step | terminal | real kubectl | reason |',
    '| --- | --- | --- | --- | --- |',
    ...differences.map(differenceRow),
    '',
    `An older kubectl prints some things of its own accord otherwise than 1.36; these are set aside when a replay is judged. Letter by letter kubectl 1.${measured.minor} matches in ${measured.raw} of ${measured.steps} steps (${percent(measured.raw)} %), without them in ${measured.folded} (${percent(measured.folded)} %):`,
    '',
    ...clientDifferences.map(({ since, reason }) => `- since 1.${since}: ${reason}`),
    '',
    '## What is not emulated',
    '',
    'What programs say, and where:',
    '',
    ...refusals(ROOT).map(({ file, message }) => `- \`${file}\`: ${message}`),
    '',
    ...confessions(ROOT).flatMap((paragraph) => [paragraph, '']),
  ].join('\n')
}

const text = page()
if (process.argv.includes('--check')) {
  const current = readFileSync(PAGE, 'utf8')
  if (current !== text) console.error('docs/fidelity.md is out of date: node scripts/run.mjs fidelity.ts')
  process.exit(current === text ? 0 : 1)
}
writeFileSync(PAGE, text)
