import { defineSubcommand } from '../cli/subcommand.ts'
import { pause, restart, resume } from '../rollout/change.ts'
import { history } from '../rollout/history.ts'
import { status } from '../rollout/status.ts'
import { undo } from '../rollout/undo.ts'

export const rollout = defineSubcommand({
  name: 'rollout',
  group: 'Deploy Commands:',
  summary: 'Manage the rollout of a resource',
  long: 'Manage the rollout of one or many resources.\n\n Valid resource types include:\n\n  *  deployments\n  *  daemonsets\n  *  statefulsets',
  examples: [
    '# Back to the deployment before',
    'kubectl rollout undo deployment/web',
    '',
    '# Where a rollout stands',
    'kubectl rollout status deployment/web',
  ],
  usage: 'SUBCOMMAND',
  bareOnOutput: true,
  subcommands: [history, pause, restart, resume, status, undo],
})
