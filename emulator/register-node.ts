import type { ObjectClient } from './api/client.ts'
import { type NodeSite, nodeObject, nodeStatus } from './blueprints/nodes.ts'
import { node as nodeKind } from './kinds/node.ts'

/** Set by kubeadm when the node joined; a kubelet knows nothing of it. */
const byKubeadm = /^node-role\.kubernetes\.io\/|^node\.kubernetes\.io\/exclude-from-external-load-balancers$/

/**
 * A kubelet that starts registers its node if somebody has deleted it; one that runs does not notice
 * (upstream: pkg/kubelet/kubelet_node_status.go tryRegisterWithAPIServer).
 */
export function registerNode(site: NodeSite, objects: ObjectClient): void {
  if (objects.get(nodeKind, undefined, site.name)) return
  const { taints: _taints, ...spec } = nodeObject(site).spec ?? {}
  const { metadata } = nodeObject(site)
  const labels = Object.fromEntries(Object.entries(metadata?.labels ?? {}).filter(([key]) => !byKubeadm.test(key)))
  const created = objects.create(nodeKind, { apiVersion: 'v1', kind: 'Node', metadata: { ...metadata, labels }, spec })
  objects.updateStatus(nodeKind, { ...created, status: nodeStatus(site) })
}
