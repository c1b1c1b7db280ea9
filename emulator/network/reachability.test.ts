import { describe, expect, it } from 'vitest'
import { CONTROLPLANE, LAPTOP, NODE01, NODE02, PORT, type Scene, scene } from './testing/scene.ts'

const client = { kind: 'pod', namespace: 'default', name: 'client' } as const

function cluster(): { readonly made: Scene; readonly clusterIP: string } {
  const made = scene()
  made.server('web', { node: 'node01' })
  made.client('client', { node: 'node02' })
  const { spec } = made.service('web', { type: 'LoadBalancer', ports: [{ ...PORT, nodePort: 30080 }] })
  return { made, clusterIP: spec?.clusterIP ?? '' }
}

describe('the laptop', () => {
  it('reaches node ports and load balancer addresses, not Pods and cluster IPs', () => {
    const { made, clusterIP } = cluster()
    for (const url of ['http://192.168.1.2:30080', 'http://192.168.1.4:30080', 'http://192.168.1.240'])
      expect(made.answer(LAPTOP, url)).toBe('web')
    for (const url of [`http://${clusterIP}`, `http://${made.podIP('web')}:8080`])
      expect(made.answer(LAPTOP, url)).toBe('timed-out')
    expect(made.answer(LAPTOP, 'http://192.168.1.3')).toBe('refused')
    expect(made.answer(LAPTOP, 'http://192.168.1.77')).toBe('unreachable')
  })

  it('knows no names of the cluster, but those of the nodes', () => {
    const { made } = cluster()
    expect(made.cluster.network.lookup(LAPTOP, 'web.default.svc.cluster.local').addresses).toEqual([])
    expect(made.answer(LAPTOP, 'http://node01:30080')).toBe('web')
  })
})

describe('nodes and Pods', () => {
  it('reach Pods on every node, cluster IPs, node ports and load balancer addresses', () => {
    const { made, clusterIP } = cluster()
    const urls = [
      `http://${made.podIP('web')}:8080`,
      `http://${clusterIP}`,
      'http://192.168.1.3:30080',
      'http://192.168.1.4:30080',
      'http://192.168.1.240',
    ]
    for (const from of [CONTROLPLANE, NODE01, NODE02, client])
      for (const url of urls) expect([url, made.answer(from, url)]).toEqual([url, 'web'])
  })

  it('reach the outside; a Pod shows its own address to Pods and that of its node to others', () => {
    const { made } = cluster()
    expect(made.fetch(client, 'http://example.com').response?.status).toBe(200)
    expect(made.sourceSeen(client, `http://${made.podIP('web')}:8080`)).toBe(made.podIP('client'))
    made.server('host', { node: 'node01', labels: { app: 'host' }, spec: { hostNetwork: true } })
    made.settle()
    expect(made.sourceSeen(client, 'http://192.168.1.3:8080')).toBe('192.168.1.4')
  })

  it('have a localhost of their own: node ports answer there on nodes, not in Pods', () => {
    const { made } = cluster()
    expect(made.answer(NODE02, 'http://127.0.0.1:30080')).toBe('web')
    expect(made.answer(client, 'http://127.0.0.1:30080')).toBe('refused')
    expect(made.answer({ ...client, name: 'web' }, 'http://localhost:8080')).toBe('web')
  })
})

describe('ping', () => {
  it('is answered by nodes and Pods, never by a cluster IP or a load balancer address', () => {
    const { made, clusterIP } = cluster()
    const ping = (from: Parameters<Scene['fetch']>[0], address: string) =>
      made.cluster.network.ping(from, address).outcome
    for (const from of [NODE02, client]) {
      expect(ping(from, made.podIP('web'))).toBe('answered')
      expect(ping(from, '192.168.1.3')).toBe('answered')
      expect(ping(from, clusterIP)).toBe('timed-out')
      expect(ping(from, '192.168.1.240')).toBe('timed-out')
    }
    expect(ping(LAPTOP, '192.168.1.3')).toBe('answered')
    expect(ping(LAPTOP, made.podIP('web'))).toBe('timed-out')
    expect(ping(NODE02, '10.244.1.222')).toBe('unreachable')
  })
})
