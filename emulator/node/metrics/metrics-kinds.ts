/** The kinds of metrics.k8s.io/v1beta1: nothing of them is stored (upstream: k8s.io/metrics/pkg/apis/metrics/v1beta1). */
import { timestamp } from '../../api/age.ts'
import { defineKind, type KindDefinition } from '../../api/kind.ts'
import type { KubeObject } from '../../api/types.ts'
import type { Usage } from '../usage.ts'
import type { MeasuredMetrics } from './resource-metrics.ts'

type Quantities = { readonly cpu: string; readonly memory: string }

interface Measured extends KubeObject {
  readonly timestamp: string
  readonly window: string
}
interface NodeMetrics extends Measured {
  readonly usage: Quantities
}
interface PodMetrics extends Measured {
  readonly containers: readonly { readonly name: string; readonly usage: Quantities }[]
}

const apiVersion = 'metrics.k8s.io/v1beta1'
const windowText = '15.034s'

/** Nanocores and KiB, as metrics-server writes them. */
const quantities = ({ cpuMilli, memoryBytes }: Usage): Quantities => ({
  cpu: `${Math.round(cpuMilli * 1e6)}n`,
  memory: `${Math.ceil(memoryBytes / 1024)}Ki`,
})

const milliText = (text: string): string => `${Math.ceil(Number(text.replace('n', '')) / 1e6)}m`

const common = {
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  verbs: ['get', 'list'],
  strategy: { bumpsGeneration: () => false },
} as const

/** Answered from what the metrics server has measured just now. */
export function metricsKinds(metrics: MeasuredMetrics): readonly KindDefinition[] {
  return [nodeMetrics(metrics), podMetrics(metrics)]
}

function nodeMetrics(metrics: MeasuredMetrics): KindDefinition {
  return defineKind<NodeMetrics>({
    ...common,
    kind: 'NodeMetrics',
    plural: 'nodes',
    singular: '',
    scope: 'Cluster',
    schema: 'io.k8s.metrics.v1beta1.NodeMetrics',
    computed: () =>
      metrics.nodes().map(({ name, labels, at, ...usage }) => ({
        kind: 'NodeMetrics',
        apiVersion,
        metadata: { name, creationTimestamp: timestamp(at), labels },
        timestamp: timestamp(at),
        window: windowText,
        usage: quantities(usage),
      })),
    columns: [
      { name: 'Name', cell: ({ metadata }) => metadata?.name ?? '' },
      { name: 'cpu', cell: ({ usage }) => milliText(usage.cpu) },
      { name: 'memory', cell: ({ usage }) => usage.memory },
      { name: 'Window', cell: ({ window }) => window },
    ],
  })
}

function podMetrics(metrics: MeasuredMetrics): KindDefinition {
  const total = ({ containers }: PodMetrics, resource: keyof Quantities) =>
    containers.reduce((sum, { usage }) => sum + Number.parseInt(usage[resource], 10), 0)
  return defineKind<PodMetrics>({
    ...common,
    kind: 'PodMetrics',
    plural: 'pods',
    singular: '',
    scope: 'Namespaced',
    schema: 'io.k8s.metrics.v1beta1.PodMetrics',
    computed: () =>
      metrics.pods().map(({ name, namespace, labels, at, containers }) => ({
        kind: 'PodMetrics',
        apiVersion,
        metadata: { name, namespace, creationTimestamp: timestamp(at), labels },
        timestamp: timestamp(at),
        window: windowText,
        containers: containers.map(({ name: container, ...usage }) => ({ name: container, usage: quantities(usage) })),
      })),
    columns: [
      { name: 'Name', cell: ({ metadata }) => metadata?.name ?? '' },
      { name: 'cpu', cell: (object) => milliText(`${total(object, 'cpu')}n`) },
      { name: 'memory', cell: (object) => `${total(object, 'memory')}Ki` },
      { name: 'Window', cell: ({ window }) => window },
    ],
  })
}
