import type { Kube } from '../../../emulator/index.ts'
import { resourcePath } from '../api/discovery.ts'
import { defineSubcommand, type Subcommand } from '../cli/subcommand.ts'
import { namedNodes } from '../drain/nodes.ts'
import { DRY_RUN_FLAG, dryRunOf, dryRunSuffix } from '../resources/mutation.ts'
import { SELECTOR_FLAGS } from '../resources/selection.ts'

function marking(name: 'cordon' | 'uncordon', summary: string, wanted: boolean): Subcommand {
  return defineSubcommand({
    name,
    group: 'Cluster Management Commands:',
    summary,
    examples: ['# One node', `kubectl ${name} node01`],
    usage: 'NODE',
    completes: { names: 'nodes' },
    flags: { ...SELECTOR_FLAGS, ...DRY_RUN_FLAG },
    run: async (invocation) => {
      const { api, context } = invocation
      const dryRun = dryRunOf(invocation)
      const infos = await namedNodes(invocation)
      for (const info of infos) {
        const now = (info.object as Kube.Node).spec?.unschedulable === true
        const already = now === wanted
        if (!already && dryRun === 'none')
          api.send('PATCH', resourcePath(info.type, undefined, info.name), {
            body: { spec: { unschedulable: wanted ? true : null } },
            contentType: 'application/strategic-merge-patch+json',
            query: { fieldManager: `kubectl-${name}` },
          })
        context.out(`node/${info.name} ${already ? 'already ' : ''}${name}ed${dryRunSuffix(dryRun)}\n`)
      }
      return 0
    },
  })
}

export const cordon = marking('cordon', 'Mark node as unschedulable', true)
export const uncordon = marking('uncordon', 'Mark node as schedulable', false)
