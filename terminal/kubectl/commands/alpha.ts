import { defineSubcommand } from '../cli/subcommand.ts'

/** Where commands are tried out; this version has none (upstream: kubectl/pkg/cmd/alpha.go). */
export const alpha = defineSubcommand({
  name: 'alpha',
  hidden: true,
  offline: true,
  summary: 'Commands for features in alpha',
  long: 'These commands correspond to alpha features that are not enabled in Kubernetes clusters by default.',
  run: async ({ context }) => {
    context.err('No alpha commands are available in this version of kubectl\n')
    return 0
  },
})
