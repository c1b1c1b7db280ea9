import { defineSubcommand } from '../cli/subcommand.ts'
import { list } from '../plugin/list.ts'

export const plugin = defineSubcommand({
  name: 'plugin',
  group: 'Other Commands:',
  summary: 'Provides utilities for interacting with plugins',
  long: 'Provides utilities for interacting with plugins.\n\n A program called kubectl-foo on PATH is run by "kubectl foo".',
  examples: [
    '# All plugins',
    'kubectl plugin list',
    '',
    '# Their names without paths',
    'kubectl plugin list --name-only',
  ],
  subcommands: [list],
})
