import type { Kube } from '../../../emulator/index.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { quantityValue } from '../print/quantity.ts'
import { alignTabs, TABLE } from '../print/tabwriter.ts'
import {
  askMetrics,
  bySortKey,
  checkSortKey,
  cpuText,
  memoryText,
  percentText,
  type Quantities,
  requireMetricsApi,
  usedOf,
} from './metrics.ts'

interface NodeMetrics {
  readonly metadata?: { readonly name?: string }
  readonly usage: Quantities
}

const HEADERS = ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)']
const SWAP_HEADERS = ['SWAP(bytes)', 'SWAP(%)']

export const topNode = defineSubcommand({
  name: 'node',
  aliases: ['nodes', 'no'],
  summary: 'Display resource (CPU/memory) usage of nodes',
  long: 'Display resource (CPU/memory) usage of nodes.\n\n The top-node command allows you to see the resource consumption of nodes.',
  examples: ['# All nodes', 'kubectl top node', '', '# One node', 'kubectl top node NODE_NAME'],
  usage: '[NAME | -l label]',
  completes: { names: 'nodes' },
  flags: {
    'no-headers': { kind: 'bool', default: false, summary: 'If present, print output without headers' },
    selector: { kind: 'string', shorthand: 'l', default: '', summary: 'Only nodes with these labels.' },
    'show-capacity': {
      kind: 'bool',
      default: false,
      summary: 'Print node resources based on Capacity instead of Allocatable(default) of the nodes.',
    },
    'show-swap': { kind: 'bool', default: false, summary: 'Print node resources related to swap memory.' },
    'sort-by': {
      kind: 'string',
      default: '',
      summary: "If non-empty, sort nodes list using specified field. The field can be either 'cpu' or 'memory'.",
    },
    'use-protocol-buffers': {
      kind: 'bool',
      default: true,
      summary: 'Enables using protocol-buffers to access Metrics API.',
    },
  },
  run: async (invocation) => {
    const { flags, args, api, context } = invocation
    const [name, ...others] = args
    if (others.length > 0 || (name !== undefined && flags.string('selector') !== ''))
      throw new KubectlError('only one of NAME or selector can be provided')
    checkSortKey(flags.string('sort-by'))
    requireMetricsApi(api)
    const rows = rowsOf(invocation, measured(invocation, name), name)
    const headers = [...HEADERS, ...(flags.bool('show-swap') ? SWAP_HEADERS : [])]
    const lines = [...(flags.bool('no-headers') ? [] : [headers]), ...rows]
    context.out(alignTabs(lines.map((cells) => `${cells.join('\t')}\t\n`).join(''), TABLE))
    return 0
  },
})

function measured({ api, flags }: Invocation, name: string | undefined): readonly NodeMetrics[] {
  if (name !== undefined) return [askMetrics<NodeMetrics>(api, 'nodes', `/nodes/${encodeURIComponent(name)}`)]
  const labelSelector = flags.string('selector')
  const query = { ...(labelSelector !== '' && { labelSelector }) }
  const { items = [] } = askMetrics<{ readonly items?: readonly NodeMetrics[] }>(api, 'nodes', '/nodes', { query })
  if (items.length === 0) throw new KubectlError('metrics not available yet')
  return items
}

/** A line for each node that was measured, then one for each that was not. */
function rowsOf({ api, flags }: Invocation, metrics: readonly NodeMetrics[], name: string | undefined) {
  const labelSelector = flags.string('selector')
  const query = { ...(labelSelector !== '' && { labelSelector }) }
  const nodes =
    name === undefined
      ? (api.get<{ readonly items?: readonly Kube.Node[] }>('/api/v1/nodes', { query }).items ?? [])
      : [api.get<Kube.Node>(`/api/v1/nodes/${encodeURIComponent(name)}`)]
  const swap = flags.bool('show-swap') ? ['0Mi', '<unknown>'] : []
  const rows = metrics.map(({ metadata, usage }) => ({ name: metadata?.name ?? '', used: usedOf(usage) }))
  const lines = rows.toSorted(bySortKey(flags.string('sort-by'))).map(({ name: node, used }) => {
    const { status } = nodes.find(({ metadata }) => metadata?.name === node) ?? {}
    const available = flags.bool('show-capacity') ? status?.capacity : status?.allocatable
    const whole = (resource: string) => quantityValue(available?.[resource] ?? '') ?? 0
    return [
      node,
      cpuText(used),
      percentText(used.cpu, whole('cpu')),
      memoryText(used),
      percentText(used.memory, whole('memory')),
      ...swap,
    ]
  })
  const unmeasured = nodes.filter(({ metadata }) => !rows.some((row) => row.name === metadata?.name))
  const unknown = Array(HEADERS.length - 1 + swap.length).fill('<unknown>')
  return [...lines, ...unmeasured.map(({ metadata }) => [metadata?.name ?? '', ...unknown])]
}
