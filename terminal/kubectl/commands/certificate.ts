import { approve, deny } from '../certificate/decide.ts'
import { defineSubcommand } from '../cli/subcommand.ts'

export const certificate = defineSubcommand({
  name: 'certificate',
  group: 'Cluster Management Commands:',
  summary: 'Modify certificate resources',
  usage: 'SUBCOMMAND',
  helpWhenBare: true,
  subcommands: [approve, deny],
})
