import { defineSubcommand } from '../cli/subcommand.ts'
import { set } from '../kuberc/set.ts'
import { view } from '../kuberc/view.ts'

/** Upstream: kubectl/pkg/cmd/kuberc/kuberc.go. */
export const kuberc = defineSubcommand({
  name: 'kuberc',
  group: 'Other Commands:',
  summary: 'Manage kuberc configuration files',
  long: 'Manage user preferences (kuberc) file.\n\n The file says which aliases there are and which defaults flags have.',
  examples: [
    '# What the file says',
    'kubectl kuberc view',
    '',
    '# A default of a flag',
    'kubectl kuberc set --section defaults --command get --option output=wide',
    '',
    '# An alias',
    'kubectl kuberc set --section aliases --name getn --command get --prependarg nodes --option output=wide',
  ],
  usage: 'SUBCOMMAND',
  subcommands: [view, set].map((command) => ({ ...command, offline: true })),
})
