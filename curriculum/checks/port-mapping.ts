/** The Service maps the ports the solution's maps, wherever they stand in its list: node port → port → container's port. */
import { z } from 'zod'
import type { Cluster, Kube } from '../../emulator/index.ts'
import { defineCheck, inBoth, notFound, type Observation } from './check.ts'
import { listObjects, readService } from './read.ts'

const options = z.strictObject({
  service: z.string(),
  namespace: z.string().default('default'),
  /** False where the exercise leaves the node port to the cluster. */
  nodePort: z.boolean().default(true),
})

export const portMapping = defineCheck({
  name: 'port-mapping',
  options,
  observe({ service: name, namespace, nodePort }, cluster: Cluster): Observation {
    const service = readService(cluster, namespace, name)
    if (service === undefined) return { facts: [], absent: notFound('Service', name, namespace) }
    const pods = selectedPods(cluster, namespace, service)
    return { facts: (service.spec?.ports ?? []).map((port) => inBoth(mapping(port, pods, nodePort))) }
  },
})

function selectedPods(cluster: Cluster, namespace: string, service: Kube.Service): readonly Kube.Pod[] {
  const selector = Object.entries(service.spec?.selector ?? {})
  if (selector.length === 0) return []
  return listObjects<Kube.Pod>(cluster, 'Pod', namespace, selector.map(([key, value]) => `${key}=${value}`).join(','))
}

/** A named targetPort counts as the number it stands for, so both designs are the same mapping. */
function mapping(port: Kube.ServicePort, pods: readonly Kube.Pod[], nodePort: boolean): string {
  const target = port.targetPort ?? port.port
  const number = typeof target === 'number' ? target : (namedPort(target, pods) ?? target)
  const front = nodePort && port.nodePort !== undefined ? `${port.nodePort} → ` : ''
  return `${front}${port.port} → ${number}/${port.protocol ?? 'TCP'}`
}

const namedPort = (name: string, pods: readonly Kube.Pod[]): number | undefined =>
  pods
    .flatMap((pod) => pod.spec?.containers ?? [])
    .flatMap((container) => container.ports ?? [])
    .find((port) => port.name === name)?.containerPort
