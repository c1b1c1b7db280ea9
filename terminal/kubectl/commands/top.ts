import { defineSubcommand } from '../cli/subcommand.ts'
import { topNode } from '../top/node.ts'
import { topPod } from '../top/pod.ts'

export const top = defineSubcommand({
  name: 'top',
  group: 'Cluster Management Commands:',
  summary: 'Display resource (CPU/memory) usage',
  long: 'Display resource (CPU/memory) usage.\n\n The top command allows you to see the resource consumption for nodes or pods.\n\n This command requires Metrics Server to be correctly configured and working on the server.',
  subcommands: [topNode, topPod],
})
