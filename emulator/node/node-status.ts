import { microTimestamp, timestamp } from '../api/age.ts'
import {
  type ControllerDefinition,
  defineController,
  type EventRecorder,
  type ReconcileContext,
} from '../controllers/controller.ts'
import { nameOf, uidOf } from '../controllers/metadata.ts'
import { readyStatus } from '../controllers/node-lifecycle.ts'
import type { Node, NodeCondition } from '../generated/types.ts'
import { lease as leaseKind } from '../kinds/lease.ts'
import { node as nodeKind } from '../kinds/node.ts'

const healthy: ReadonlyMap<string, Pick<NodeCondition, 'status' | 'reason' | 'message'>> = new Map([
  [
    'MemoryPressure',
    { status: 'False', reason: 'KubeletHasSufficientMemory', message: 'kubelet has sufficient memory available' },
  ],
  ['DiskPressure', { status: 'False', reason: 'KubeletHasNoDiskPressure', message: 'kubelet has no disk pressure' }],
  [
    'PIDPressure',
    { status: 'False', reason: 'KubeletHasSufficientPID', message: 'kubelet has sufficient PID available' },
  ],
  ['Ready', { status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' }],
])

/**
 * The kubelet's report about its node (upstream: pkg/kubelet/nodestatus/setters.go). A healthy node reports nothing new,
 * so there are no heartbeats: only a node that the node controller has given up is put right again.
 */
export function createNodeStatusController(
  isUp: (node: string) => boolean,
  recorder: (node: string) => EventRecorder,
  problemOf: (node: string) => string | undefined,
): ControllerDefinition {
  return defineController({
    name: 'node-status',
    for: nodeKind,
    delayMs: [800, 1500],
    reconcile(key, context) {
      const node = context.objects.get(nodeKind, undefined, key.name)
      if (!node || !isUp(key.name)) return undefined
      const problem = problemOf(key.name)
      if (readyStatus(node) !== (problem === undefined ? 'True' : 'False'))
        report(node, problem, recorder(key.name), context)
      return undefined
    },
  })
}

function report(
  node: Node,
  problem: string | undefined,
  recorder: EventRecorder,
  { objects, now }: ReconcileContext,
): void {
  const time = timestamp(now)
  const conditions = [...healthy].map(([type, good]): NodeCondition => {
    const isBad = type === 'Ready' && problem !== undefined
    const state = isBad ? { status: 'False', reason: 'KubeletNotReady', message: problem } : good
    const old = node.status?.conditions?.find((condition) => condition.type === type)
    const since = old?.status === state.status ? old.lastTransitionTime : time
    return { type, ...state, lastHeartbeatTime: time, lastTransitionTime: since }
  })
  objects.updateStatus(nodeKind, { ...node, status: { ...node.status, conditions } })
  renewLease(node, objects, now)
  const is = problem === undefined ? 'NodeReady' : 'NodeNotReady'
  recorder.event(node, 'Normal', is, `Node ${nameOf(node)} status is now: ${is}`)
}

/** The lease by which a kubelet shows every ten seconds that it lives; heartbeats.ts tells how it reads in between. */
function renewLease(node: Node, objects: ReconcileContext['objects'], now: number): void {
  const name = nameOf(node)
  const old = objects.get(leaseKind, leaseNamespace, name)
  const spec = { holderIdentity: name, leaseDurationSeconds: 40, renewTime: microTimestamp(now) }
  if (old) {
    objects.update(leaseKind, { ...old, spec })
    return
  }
  const ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name, uid: uidOf(node) }]
  const metadata = { name, namespace: leaseNamespace, ownerReferences }
  objects.create(leaseKind, { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec })
}

const leaseNamespace = 'kube-node-lease'
