/** What a control plane brings along before anybody asks for it. */
import type { KindDefinition } from '../api/kind.ts'
import type { KubeObject } from '../api/types.ts'
import type { ComponentStatus, CSINode, PriorityClass, ServiceCIDR } from '../generated/types.ts'
import { componentStatus } from '../kinds/component-status.ts'
import { csiNode } from '../kinds/csi-node.ts'
import { flowSchema } from '../kinds/flow-schema.ts'
import { priorityClass } from '../kinds/priority-class.ts'
import { priorityLevelConfiguration } from '../kinds/priority-level-configuration.ts'
import { serviceCIDR } from '../kinds/service-cidr.ts'
import type { BlueprintObject } from './blueprint.ts'
import { flowSchemas, priorityLevels } from './flow-control.ts'

const systemClass = (name: string, value: number, description: string): PriorityClass => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value,
  description,
})

const priorityClasses: readonly PriorityClass[] = [
  systemClass(
    'system-cluster-critical',
    2_000_000_000,
    'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  ),
  systemClass(
    'system-node-critical',
    2_000_001_000,
    'Used for system critical pods that must not be moved from their current node.',
  ),
]

const defaultRange = (cidr: string): ServiceCIDR => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'ServiceCIDR',
  metadata: { name: 'kubernetes' },
  spec: { cidrs: [cidr] },
})

const component = (name: string): ComponentStatus => ({
  apiVersion: 'v1',
  kind: 'ComponentStatus',
  metadata: { name },
  conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }],
})

/** No CSI driver is installed; the kubelets say so. */
const withoutDrivers = (name: string): CSINode => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'CSINode',
  metadata: { name },
  spec: { drivers: [] },
})

export function controlPlaneObjects(serviceRange: string, nodes: readonly string[]): readonly BlueprintObject[] {
  const of = (kind: KindDefinition, objects: readonly KubeObject[]) => objects.map((object) => ({ kind, object }))
  return [
    ...of(priorityClass, priorityClasses),
    ...of(serviceCIDR, [defaultRange(serviceRange)]),
    ...of(componentStatus, ['controller-manager', 'etcd-0', 'scheduler'].map(component)),
    ...of(csiNode, nodes.map(withoutDrivers)),
    ...of(priorityLevelConfiguration, priorityLevels),
    ...of(flowSchema, flowSchemas),
  ]
}
