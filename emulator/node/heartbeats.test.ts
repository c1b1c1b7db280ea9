import { describe, expect, it } from 'vitest'
import type { Lease, Node } from '../generated/types.ts'
import { testCluster } from '../testing/test-cluster.ts'

const HOUR = 3_600_000
const lease = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node01'
const node = '/api/v1/nodes/node01'

function state({ get, cluster }: ReturnType<typeof testCluster>) {
  const [{ status, metadata }, { spec, metadata: ofLease }] = [get<Node>(node), get<Lease>(lease)]
  const beats = status?.conditions?.map(({ lastHeartbeatTime }) => cluster.now() - Date.parse(lastHeartbeatTime ?? ''))
  return {
    heartbeat: Math.max(...(beats ?? [])),
    renewal: cluster.now() - Date.parse(spec?.renewTime ?? ''),
    versions: [metadata?.resourceVersion, ofLease?.resourceVersion],
  }
}

describe('heartbeats', () => {
  it('are recent on a node whose kubelet runs, and write nothing', () => {
    const world = testCluster()
    const before = state(world)
    world.cluster.run(5 * HOUR + 1234)
    const after = state(world)
    for (const { heartbeat, renewal } of [before, after]) {
      expect(heartbeat).toBeLessThan(300_000)
      expect(renewal).toBeLessThan(10_000)
    }
    expect(after.versions).toEqual(before.versions)
  })

  it('end with the kubelet, also where the node is given up', () => {
    const world = testCluster()
    const stopped = world.cluster.now()
    world.cluster.setUnit('node01', 'kubelet', 'stopped')
    world.cluster.run(HOUR)
    const { heartbeat, renewal } = state(world)
    expect(world.get<Node>(node).status?.conditions?.map(({ status }) => status)).toContain('Unknown')
    const sinceStop = world.cluster.now() - stopped
    expect(renewal).toBeGreaterThanOrEqual(sinceStop)
    expect(renewal).toBeLessThan(sinceStop + 10_000)
    expect(heartbeat).toBeGreaterThanOrEqual(sinceStop)
    expect(heartbeat).toBeLessThan(sinceStop + 300_000)
  })
})
