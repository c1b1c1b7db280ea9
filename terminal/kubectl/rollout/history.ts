import type { Kube } from '../../../emulator/index.ts'
import { kindName } from '../api/discovery.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { alignTabs, DESCRIBE } from '../print/tabwriter.ts'
import { CHANGE_CAUSE } from '../resources/mutation.ts'
import { podTemplateLines } from './pod-template-text.ts'
import { asDeployment, ROLLOUT_FLAGS, replicaSetsOf, workloads } from './workload.ts'

/** A revision's pod template; what caused it is shown among the template's annotations. */
function withCause({ metadata, spec }: Kube.ReplicaSet): Kube.PodTemplateSpec | undefined {
  const cause = metadata?.annotations?.[CHANGE_CAUSE]
  const template = spec?.template
  if (!template || !cause) return template
  const annotations = { ...template.metadata?.annotations, [CHANGE_CAUSE]: cause }
  return { ...template, metadata: { ...template.metadata, annotations } }
}

export const history = defineSubcommand({
  name: 'history',
  summary: 'View rollout history',
  examples: [
    '# The revisions of a deployment',
    'kubectl rollout history deployment/web',
    '',
    '# One of them',
    'kubectl rollout history deployment/web --revision=3',
  ],
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  completes: { types: ['deployments.apps', 'daemonsets.apps', 'statefulsets.apps'] },
  flags: {
    ...ROLLOUT_FLAGS,
    revision: { kind: 'int64', default: 0, summary: 'Show this revision, with its pod template.' },
  },
  run: async (invocation) => {
    const { context, flags } = invocation
    const wanted = flags.number('revision')
    if (wanted < 0) throw new KubectlError('revision must be a positive integer: '.concat(String(wanted)))
    for (const info of await workloads(invocation)) {
      asDeployment(info, 'history viewer')
      const sets = replicaSetsOf(invocation, info)
      const head = `${kindName(info.type)}/${info.name}`
      if (wanted > 0) {
        const found = sets.find(({ revision }) => revision === wanted)
        if (!found) throw new KubectlError(`unable to find the specified revision`)
        const template = withCause(found.set)
        context.out(`${head} with revision #${wanted}\n${template ? podTemplateLines(template).join('\n') : ''}\n`)
        continue
      }
      const rows = sets.map(
        ({ revision, set }) => `${revision}\t${set.metadata?.annotations?.[CHANGE_CAUSE] || '<none>'}`,
      )
      context.out(`${head} \n${alignTabs(['REVISION\tCHANGE-CAUSE', ...rows].join('\n'), DESCRIBE)}\n\n`)
    }
    return 0
  },
})
