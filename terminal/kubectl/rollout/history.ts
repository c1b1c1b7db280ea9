import { type Kube, podTemplateLines } from '../../../emulator/index.ts'
import { kindName } from '../api/discovery.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { objectPrinter, PRINT_FLAGS } from '../print/output.ts'
import { alignTabs, DESCRIBE } from '../print/tabwriter.ts'
import type { Info } from '../resources/fetch.ts'
import { CHANGE_CAUSE } from '../resources/mutation.ts'
import { type Revision, revisionsOf } from './revisions.ts'
import { ROLLOUT_FLAGS, workloads } from './workload.ts'

export const history = defineSubcommand({
  name: 'history',
  summary: 'View rollout history',
  long: 'View previous rollout revisions and configurations.',
  examples: [
    '# The revisions of a deployment',
    'kubectl rollout history deployment/web',
    '',
    '# One of them',
    'kubectl rollout history daemonset/agent --revision=3',
  ],
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  completes: { types: ['daemonset', 'deployment', 'statefulset'] },
  flags: {
    ...ROLLOUT_FLAGS,
    ...PRINT_FLAGS,
    revision: { kind: 'int64', default: 0, summary: 'Show this revision, with its pod template.' },
  },
  run: async (invocation) => {
    const { context, flags } = invocation
    const wanted = flags.number('revision')
    if (wanted < 0) throw new KubectlError('revision must be a positive integer: '.concat(String(wanted)))
    const print = await objectPrinter(invocation)
    for (const info of await workloads(invocation)) {
      const all = revisionsOf(invocation, info, 'history')
      const chosen = wanted > 0 ? [oneOf(all, wanted)] : all
      if (print) for (const { object } of chosen) context.out(print(object))
      else if (wanted > 0) showOne(invocation, info, oneOf(all, wanted))
      else showAll(invocation, info, all)
    }
    return 0
  },
})

function oneOf(all: readonly Revision[], wanted: number): Revision {
  const found = all.find(({ revision }) => revision === wanted)
  if (!found) throw new KubectlError('unable to find the specified revision')
  return found
}

function showAll({ context }: Invocation, info: Info, all: readonly Revision[]): void {
  const rows = all.map(({ revision, cause }) => `${revision}\t${cause || '<none>'}`)
  const table = alignTabs(['REVISION\tCHANGE-CAUSE', ...rows].join('\n'), DESCRIBE)
  context.out(`${kindName(info.type)}/${info.name} \n${table}\n\n`)
}

function showOne({ context }: Invocation, info: Info, { revision, ...one }: Revision): void {
  const text = podTemplateLines(withCause(one)).join('\n')
  context.out(`${kindName(info.type)}/${info.name} with revision #${revision}\n${text}\n`)
}

/** What caused a revision is shown among its template's annotations. */
function withCause({ template, cause }: Pick<Revision, 'template' | 'cause'>): Kube.PodTemplateSpec {
  if (cause === '') return template
  const annotations = { ...template.metadata?.annotations, [CHANGE_CAUSE]: cause }
  return { ...template, metadata: { ...template.metadata, annotations } }
}
