import type { Kube } from '../../../emulator/index.ts'
import { goDuration } from '../cli/numbers.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { alignTabs, TABLE } from '../print/tabwriter.ts'
import {
  addUp,
  askMetrics,
  bySortKey,
  checkSortKey,
  cpuText,
  memoryText,
  type Quantities,
  requireMetricsApi,
  type Used,
  usedOf,
} from './metrics.ts'

interface PodMetrics {
  readonly metadata?: { readonly name?: string; readonly namespace?: string }
  readonly containers: readonly { readonly name: string; readonly usage: Quantities }[]
}

export const topPod = defineSubcommand({
  name: 'pod',
  aliases: ['pods', 'po'],
  summary: 'Display resource (CPU/memory) usage of pods',
  long: "Display resource (CPU/memory) usage of pods.\n\n The 'top pod' command allows you to see the resource consumption of pods.\n\n Due to the metrics pipeline delay, they may be unavailable for a few minutes since pod creation.",
  examples: [
    '# All pods of the namespace',
    'kubectl top pod',
    '',
    '# One pod and its containers',
    'kubectl top pod POD_NAME --containers',
  ],
  usage: '[NAME | -l label]',
  completes: { names: 'pods' },
  flags: {
    'all-namespaces': {
      kind: 'bool',
      shorthand: 'A',
      default: false,
      summary: 'If present, list the requested object(s) across all namespaces.',
    },
    containers: { kind: 'bool', default: false, summary: 'If present, print usage of containers within a pod.' },
    'field-selector': { kind: 'string', default: '', summary: 'Only pods with these fields.' },
    'no-headers': { kind: 'bool', default: false, summary: 'If present, print output without headers.' },
    selector: { kind: 'string', shorthand: 'l', default: '', summary: 'Only pods with these labels.' },
    'show-swap': { kind: 'bool', default: false, summary: 'Print pod resources related to swap memory.' },
    'sort-by': {
      kind: 'string',
      default: '',
      summary: "If non-empty, sort pods list using specified field. The field can be either 'cpu' or 'memory'.",
    },
    sum: { kind: 'bool', default: false, summary: 'Print the sum of the resource usage' },
    'use-protocol-buffers': {
      kind: 'bool',
      default: true,
      summary: 'Enables using protocol-buffers to access Metrics API.',
    },
  },
  run: async (invocation) => {
    const { flags, args, api, context, namespace } = invocation
    const [name, ...others] = args
    const selects = flags.string('selector') !== '' || flags.string('field-selector') !== ''
    if (others.length > 0 || (name !== undefined && selects))
      throw new KubectlError('only one of NAME or selector can be provided')
    checkSortKey(flags.string('sort-by'))
    requireMetricsApi(api)
    const metrics = measured(invocation, name)
    if (metrics.length === 0) {
      explainEmpty(invocation)
      context.err(
        flags.bool('all-namespaces') ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`,
      )
      return 0
    }
    context.out(alignTabs(table(invocation, metrics), TABLE))
    return 0
  },
})

function measured({ api, flags, namespace }: Invocation, name: string | undefined): readonly PodMetrics[] {
  const scope = `/namespaces/${encodeURIComponent(namespace)}/pods`
  if (name !== undefined) return [askMetrics<PodMetrics>(api, 'pods', `${scope}/${encodeURIComponent(name)}`)]
  const path = flags.bool('all-namespaces') ? '/pods' : scope
  return (
    askMetrics<{ readonly items?: readonly PodMetrics[] }>(api, 'pods', path, { query: selectors(flags) }).items ?? []
  )
}

function selectors(flags: Invocation['flags']): { readonly [name: string]: string } {
  const [labelSelector, fieldSelector] = [flags.string('selector'), flags.string('field-selector')]
  return { ...(labelSelector !== '' && { labelSelector }), ...(fieldSelector !== '' && { fieldSelector }) }
}

/** Pods that are there but have not been measured are a reason; none at all is not. */
function explainEmpty({ api, flags, namespace, context }: Invocation): void {
  const path = flags.bool('all-namespaces') ? '/api/v1/pods' : `/api/v1/namespaces/${namespace}/pods`
  const { items = [] } = api.get<{ readonly items?: readonly Kube.Pod[] }>(path, { query: selectors(flags) })
  if (items.length === 0) return
  for (const { metadata } of items) {
    const created = Date.parse(metadata?.creationTimestamp ?? '')
    if (context.cluster.now() - created > 120_000) {
      throw new KubectlError(
        `Metrics not available for pod ${metadata?.namespace}/${metadata?.name}, age: ${goDuration(context.cluster.now() - created)}`,
      )
    }
  }
  throw new KubectlError('metrics not available yet')
}

function table({ flags }: Invocation, metrics: readonly PodMetrics[]): string {
  const [all, containers] = [flags.bool('all-namespaces'), flags.bool('containers')]
  const swap = flags.bool('show-swap')
  const first = containers ? ['POD', 'NAME'] : ['NAME']
  const head = [
    ...(all ? ['NAMESPACE'] : []),
    ...first,
    'CPU(cores)',
    'MEMORY(bytes)',
    ...(swap ? ['SWAP(bytes)'] : []),
  ]
  const rows = metrics
    .map((metric) => ({
      metric,
      name: metric.metadata?.name ?? '',
      namespace: metric.metadata?.namespace ?? '',
      used: addUp(metric.containers.map(({ usage }) => usedOf(usage))),
    }))
    .toSorted(bySortKey(flags.string('sort-by')))
  const line = (cells: readonly string[], used: Used) => [
    ...cells,
    cpuText(used),
    memoryText(used),
    ...(swap ? ['0Mi'] : []),
  ]
  const lines = rows.flatMap(({ metric, name, namespace, used }) => {
    const place = all ? [namespace] : []
    if (!containers) return [line([...place, name], used)]
    return metric.containers.map((one) => line([...place, name, one.name], usedOf(one.usage)))
  })
  const width = head.length - 2 - (swap ? 1 : 0)
  const total = addUp(rows.map(({ used }) => used))
  const rule = [...Array(width).fill(''), '________', '________', ...(swap ? ['________'] : [])]
  const sums = flags.bool('sum') ? [rule, line(Array(width).fill(''), total)] : []
  const printed = [...(flags.bool('no-headers') ? [] : [head]), ...lines, ...sums]
  return printed.map((cells) => `${cells.join('\t')}\t\n`).join('')
}
