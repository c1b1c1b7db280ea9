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

const PAGE = join(import.meta.dirname, '..', 'docs', 'fidelity.md')

function kindRow(kind: KindDefinition): string {
  const version = kind.group ? `${kind.group}/${kind.version}` : kind.version
  return `| ${kind.kind} | \`${version}\` | ${kind.shortNames?.join(', ') ?? ''} | ${kind.subresources?.join(', ') ?? ''} | ${kind.describe ? 'own layout' : 'generic'} |`
}

/** `create service nodeport` and the like, each with its flags. */
function commandRows(list: readonly Subcommand[], path = ''): readonly string[] {
  return list
    .filter((command) => command.refusal === undefined)
    .flatMap((command) => {
      const name = `${path}${command.name}`
      const own = command.run
        ? [`| \`${name}\` | ${command.summary} | ${Object.keys(command.flags ?? {}).length} |`]
        : []
      return [...own, ...commandRows(command.subcommands ?? [], `${name} `)]
    })
}

function page(): string {
  const { kinds } = createCluster({ seed: 'fidelity', startTime: 0 })
  const refused = subcommands.filter((command) => command.refusal !== undefined)
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
    '### Commands that refuse',
    '',
    ...refused.map((command) => `- \`kubectl ${command.name}\`: ${command.refusal}`),
    '',
    '## Commands of the terminal',
    '',
    "Beside these, the shell library's text tools (`cat`, `grep`, `sed`, `awk`, `jq`, …) work on the machine's files.",
    '',
    ...commands.map(({ name, summary }) => `- \`${name}\`: ${summary}`),
    '',
  ].join('\n')
}

const text = page()
if (process.argv.includes('--check')) {
  const current = readFileSync(PAGE, 'utf8')
  if (current !== text) console.error('docs/fidelity.md is out of date: node scripts/run.mjs fidelity.ts')
  process.exit(current === text ? 0 : 1)
}
writeFileSync(PAGE, text)
