/**
 * What a kubelet renews for as long as it runs: its Lease every ten seconds, and the times in its node's conditions
 * every five minutes (upstream: component-helpers/apimachinery/lease, nodeLeaseRenewIntervalFraction; kubelet
 * nodeStatusReportFrequency). Nothing is written for it, so an idle cluster rests: a reader sees what the last beat
 * would have written.
 */
import { microTimestamp, timestamp } from '../api/age.ts'
import { resourceName } from '../api/kind.ts'
import type { Renewal } from '../api/renewal.ts'
import type { KubeObject } from '../api/types.ts'
import type { Lease, Node } from '../generated/types.ts'

const LEASE_MS = 10_000
const STATUS_MS = 300_000
const NODE_LEASES = 'kube-node-lease'

/** Until when a node's kubelet has beaten: now, or when it fell silent; undefined for a node without a machine. */
export type LastHeard = (node: string) => number | undefined

/** Nodes and their Leases as they read now. */
export function createHeartbeats(lastHeard: LastHeard): Renewal {
  return (kind) => {
    switch (resourceName(kind)) {
      case 'nodes':
        return (object) => nodeAsOf(object, lastHeard(object.metadata?.name ?? ''))
      case 'leases.coordination.k8s.io':
        return (object) => leaseAsOf(object, lastHeard(object.metadata?.name ?? ''))
      default:
        return undefined
    }
  }
}

/** The last beat of a rhythm before `until`; undefined where the written one is the last. */
function lastBeat(written: string | undefined, every: number, until: number | undefined): number | undefined {
  const start = Date.parse(written ?? '')
  if (until === undefined || !(until - start >= every)) return undefined
  return start + Math.floor((until - start) / every) * every
}

function leaseAsOf(object: KubeObject, until: number | undefined): KubeObject {
  if (object.metadata?.namespace !== NODE_LEASES) return object
  const { spec } = object as Lease
  const beat = lastBeat(spec?.renewTime, LEASE_MS, until)
  return beat === undefined ? object : ({ ...object, spec: { ...spec, renewTime: microTimestamp(beat) } } as Lease)
}

function nodeAsOf(object: KubeObject, until: number | undefined): KubeObject {
  const { status } = object as Node
  const beats = status?.conditions?.map(({ lastHeartbeatTime }) => lastBeat(lastHeartbeatTime, STATUS_MS, until))
  if (!beats?.some((beat) => beat !== undefined)) return object
  const conditions = status?.conditions?.map((condition, index) => {
    const beat = beats[index]
    return beat === undefined ? condition : { ...condition, lastHeartbeatTime: timestamp(beat) }
  })
  return { ...object, status: { ...status, conditions } } as Node
}
