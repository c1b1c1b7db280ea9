/** What a metrics server has measured (upstream: sigs.k8s.io/metrics-server). */
import type { Store } from '../../api/store.ts'
import { labelsOf, nameOf, namespaceOf, uidOf } from '../../controllers/metadata.ts'
import type { ContainerMetrics, PodMetricsSample, ResourceMetrics } from '../../controllers/metrics.ts'
import { isPodReady } from '../../controllers/pods.ts'
import type { Node, Pod, Service } from '../../generated/types.ts'
import { matchesLabelSelector } from '../../kinds/format/labels.ts'
import type { Container, ContainerRuntime } from '../runtime.ts'
import type { Usage } from '../usage.ts'

export const metricsApiService = 'v1beta1.metrics.k8s.io'

/** Two looks, fifteen seconds apart, make a sample. */
const resolutionMs = 15_000
/** What kubelet, container runtime and system take of a node, and what the control plane's own programs add. */
const systemUsage: Usage = { cpuMilli: 48, memoryBytes: 520 * 1024 * 1024 }

export interface NodeSample extends Usage {
  readonly name: string
  readonly labels: { readonly [key: string]: string }
  readonly at: number
}

export interface MeasuredMetrics extends ResourceMetrics {
  pods(namespace?: string): readonly (PodMetricsSample & { readonly namespace: string })[]
  nodes(): readonly NodeSample[]
}

export interface MetricsOptions {
  readonly store: Store
  readonly runtime: ContainerRuntime
  readonly now: () => number
  /** A node's kubelet answers. */
  readonly isUp: (node: string) => boolean
}

/** The measurements of a cluster. They are served while the APIService's Service has a ready metrics server behind it. */
export function createResourceMetrics({ store, runtime, now, isUp }: MetricsOptions): MeasuredMetrics {
  const lastLook = () => Math.floor(now() / resolutionMs) * resolutionMs
  return {
    state() {
      const registered = store.get('apiservices.apiregistration.k8s.io', metricsApiService)
      if (!registered) return 'absent'
      const { service } = (registered as { readonly spec?: { readonly service?: ServiceReference } }).spec ?? {}
      return service && isServed(store, service) ? 'serving' : 'unavailable'
    },
    pods: (namespace) =>
      (store.list('pods', namespace) as readonly Pod[]).flatMap((pod) => {
        const containers = isUp(pod.spec?.nodeName ?? '') ? measured(pod, runtime, now()) : undefined
        if (!containers) return []
        const labels = labelsOf(pod)
        return [{ name: nameOf(pod), namespace: namespaceOf(pod), labels, at: lastLook(), containers }]
      }),
    nodes: () =>
      (store.list('nodes') as readonly Node[])
        .filter((node) => isUp(nameOf(node)))
        .map((node) => ({ name: nameOf(node), labels: labelsOf(node), at: lastLook(), ...nodeUsage(node, runtime) })),
  }
}

interface ServiceReference {
  readonly namespace?: string
  readonly name?: string
}

/** A ready Pod of a metrics server stands behind the Service. */
function isServed(store: Store, { namespace = '', name = '' }: ServiceReference): boolean {
  const service = store.get('services', `${namespace}/${name}`) as Service | undefined
  const selector = service?.spec?.selector
  if (!selector) return false
  return (store.list('pods', namespace) as readonly Pod[]).some(
    (pod) =>
      matchesLabelSelector({ matchLabels: selector }, labelsOf(pod)) &&
      isPodReady(pod) &&
      pod.spec?.containers.some(({ image }) => image?.includes('metrics-server/metrics-server')),
  )
}

/** Usage of each container; undefined before all of them have been looked at twice. */
function measured(pod: Pod, runtime: ContainerRuntime, now: number): readonly ContainerMetrics[] | undefined {
  if (pod.status?.phase !== 'Running') return undefined
  const sidecars = (pod.spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')
  const found = [...(pod.spec?.containers ?? []), ...sidecars].map(({ name }) => runtime.get(uidOf(pod), name))
  const running = found.filter((container) => container?.state.kind === 'running') as readonly Container[]
  if (running.length < found.length || running.some(({ startedAt }) => now - startedAt < resolutionMs)) return undefined
  return running.map((container) => ({ name: container.spec.containerName, ...container.usage }))
}

function nodeUsage(node: Node, runtime: ContainerRuntime): Usage {
  let { cpuMilli, memoryBytes } = systemUsage
  for (const { usage } of runtime.onNode(nameOf(node))) {
    cpuMilli += usage.cpuMilli
    memoryBytes += usage.memoryBytes
  }
  const capacity = Number(node.status?.capacity?.cpu ?? 0) * 1000
  return { cpuMilli: Math.min(cpuMilli, capacity || cpuMilli), memoryBytes }
}
