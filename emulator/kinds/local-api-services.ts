/** The APIServices of what the API server serves itself (upstream: pkg/controlplane/apiserver/aggregator.go). */
import type { KindDefinition } from '../api/kind.ts'
import type { APIService } from '../generated/types.ts'

export const AUTOMANAGED = 'kube-aggregator.kubernetes.io/automanaged'

/** Which place a group has in discovery; groups of CustomResourceDefinitions come last. */
const GROUP_PRIORITY = new Map([
  ['', 18000],
  ['apps', 17800],
  ['events.k8s.io', 17750],
  ['authentication.k8s.io', 17700],
  ['authorization.k8s.io', 17600],
  ['autoscaling', 17500],
  ['batch', 17400],
  ['certificates.k8s.io', 17300],
  ['networking.k8s.io', 17200],
  ['policy', 17100],
  ['rbac.authorization.k8s.io', 17000],
  ['storage.k8s.io', 16800],
  ['apiextensions.k8s.io', 16700],
  ['admissionregistration.k8s.io', 16700],
  ['scheduling.k8s.io', 16600],
  ['coordination.k8s.io', 16500],
  ['node.k8s.io', 16300],
  ['discovery.k8s.io', 16200],
  ['resource.k8s.io', 16200],
  ['flowcontrol.apiserver.k8s.io', 16100],
])

const VERSION_PRIORITY = new Map([
  ['v1.', 1],
  ['v2.autoscaling', 30],
  ['v1.flowcontrol.apiserver.k8s.io', 21],
])

/** One for each version of a group that these kinds bring, and that has a place in discovery. */
export function localApiServices(kinds: readonly KindDefinition[]): readonly APIService[] {
  const names = new Map(kinds.map((kind) => [`${kind.version}.${kind.group}`, kind]))
  return [...names].flatMap(([name, { group, version }]) => {
    const groupPriorityMinimum = GROUP_PRIORITY.get(group)
    if (groupPriorityMinimum === undefined) return []
    return [local(group, version, 'onstart', groupPriorityMinimum, VERSION_PRIORITY.get(name) ?? 15)]
  })
}

/** That of a version that a CustomResourceDefinition brings (upstream: crdregistration_controller.go). */
export const customApiService = (group: string, version: string): APIService => local(group, version, 'true', 1000, 100)

function local(
  group: string,
  version: string,
  managed: string,
  groupPriorityMinimum: number,
  versionPriority: number,
): APIService {
  return {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: `${version}.${group}`, labels: { [AUTOMANAGED]: managed } },
    spec: { ...(group !== '' && { group }), groupPriorityMinimum, version, versionPriority },
  }
}
