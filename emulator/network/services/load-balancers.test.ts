import { describe, expect, it } from 'vitest'
import type { Service } from '../../generated/types.ts'
import { paths } from '../../testing/test-cluster.ts'
import { LAPTOP, NODE01, NODE02, PORT, type Scene, scene } from '../testing/scene.ts'

const type = 'LoadBalancer'
const client = { kind: 'pod', namespace: 'default', name: 'client' } as const
const read = (made: Scene, name = 'web'): Service => made.get<Service>(`${paths.services}/${name}`)
const addressesOf = ({ status }: Service) => (status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip)

function behind(spec: object = {}): Scene {
  const made = scene()
  made.server('web', { node: 'node01' })
  made.client('client', { node: 'node02' })
  made.service('web', { type, ports: [PORT], ...spec })
  return made
}

describe('a load balancer', () => {
  it('gets the lowest free address of the pool, answers everybody there, and gives it back', () => {
    const made = behind()
    expect(addressesOf(read(made))).toEqual(['192.168.1.240'])
    expect(addressesOf(made.service('second', { type, ports: [PORT] }))).toEqual(['192.168.1.241'])
    for (const from of [LAPTOP, NODE01, NODE02, client]) expect(made.answer(from, 'http://192.168.1.240')).toBe('web')
    made.remove(`${paths.services}/web`)
    expect(made.answer(LAPTOP, 'http://192.168.1.240')).toBe('unreachable')
    expect(addressesOf(made.service('third', { type, ports: [PORT] }))).toEqual(['192.168.1.240'])
  })

  it('gets the address that it asks for, or waits if it cannot have it', () => {
    const made = behind({ loadBalancerIP: '192.168.1.245' })
    expect(addressesOf(read(made))).toEqual(['192.168.1.245'])
    expect(made.answer(LAPTOP, 'http://192.168.1.245')).toBe('web')
    expect(addressesOf(made.service('taken', { type, ports: [PORT], loadBalancerIP: '192.168.1.245' }))).toEqual([])
    expect(addressesOf(made.service('far', { type, ports: [PORT], loadBalancerIP: '203.0.113.9' }))).toEqual([])
    expect(made.events('far').at(-1)).toContain('AllocationFailed')
    const annotations = { 'metallb.io/loadBalancerIPs': '192.168.1.250' }
    expect(addressesOf(made.service('asked', { type, ports: [PORT] }, { annotations }))).toEqual(['192.168.1.250'])
  })

  it('waits when the pool is used up, and its node port works meanwhile', () => {
    const made = behind()
    for (let number = 1; number <= 10; number += 1) made.service(`other-${number}`, { type, ports: [PORT] })
    const last = made.service('last', { type, ports: [{ ...PORT, nodePort: 30099 }] })
    expect(addressesOf(last)).toEqual([])
    expect(made.answer(LAPTOP, 'http://192.168.1.3:30099')).toBe('web')
  })

  it('of another class is left alone', () => {
    const made = behind({ loadBalancerClass: 'example.com/internal' })
    expect(addressesOf(read(made))).toEqual([])
  })

  it('whose address came from somebody else is known to kube-proxy, and nobody announces it', () => {
    const made = behind({ loadBalancerClass: 'example.com/internal' })
    const status = { loadBalancer: { ingress: [{ ip: '192.168.1.77' }] } }
    made.patch(`${paths.services}/web/status`, { status })
    for (const from of [NODE02, client]) expect(made.answer(from, 'http://192.168.1.77')).toBe('web')
    expect(made.answer(LAPTOP, 'http://192.168.1.77')).toBe('unreachable')
    expect(made.codes().at(-1)).toBe('load-balancer-not-announced')
  })

  it('with ipMode Proxy is not short-cut by kube-proxy', () => {
    const made = behind({ loadBalancerClass: 'example.com/internal' })
    const status = { loadBalancer: { ingress: [{ ip: '192.168.1.77', ipMode: 'Proxy' }] } }
    made.patch(`${paths.services}/web/status`, { status })
    for (const from of [NODE02, client]) expect(made.answer(from, 'http://192.168.1.77')).toBe('unreachable')
  })

  it('drops ports that the Service lacks, and pings', () => {
    const made = behind()
    expect(made.answer(LAPTOP, 'http://192.168.1.240:81')).toBe('timed-out')
    expect(made.cluster.network.ping(LAPTOP, '192.168.1.240').outcome).toBe('timed-out')
  })

  it('has node ports, unless allocateLoadBalancerNodePorts is false', () => {
    expect(read(behind()).spec?.ports?.[0]?.nodePort).toBeGreaterThanOrEqual(30_000)
    const made = behind({ allocateLoadBalancerNodePorts: false })
    expect(read(made).spec?.ports?.[0]?.nodePort).toBeUndefined()
    expect(made.answer(LAPTOP, 'http://192.168.1.240')).toBe('web')
  })

  it('gives its node ports up when they are taken out after allocateLoadBalancerNodePorts became false', () => {
    const made = behind()
    const { nodePort } = read(made).spec?.ports?.[0] ?? {}
    made.patch(`${paths.services}/web`, { spec: { ports: [PORT] } })
    expect(read(made).spec?.ports?.[0]?.nodePort).toBe(nodePort)
    made.patch(`${paths.services}/web`, { spec: { allocateLoadBalancerNodePorts: false } })
    expect(read(made).spec?.ports?.[0]?.nodePort).toBe(nodePort)
    made.patch(`${paths.services}/web`, { spec: { ports: [PORT] } })
    expect(read(made).spec?.ports?.[0]?.nodePort).toBeUndefined()
    expect(made.answer(LAPTOP, `http://192.168.1.4:${nodePort}`)).toBe('refused')
    expect(made.answer(LAPTOP, 'http://192.168.1.240')).toBe('web')
  })

  it('lets in its source ranges alone, at its address alone', () => {
    const made = behind({
      loadBalancerSourceRanges: ['192.168.1.10/32', '10.244.2.0/24'],
      ports: [{ ...PORT, nodePort: 30080 }],
    })
    expect(made.answer(LAPTOP, 'http://192.168.1.240')).toBe('web')
    expect(made.answer(client, 'http://192.168.1.240')).toBe('web')
    expect(made.answer(NODE02, 'http://192.168.1.240')).toBe('timed-out')
    expect(made.answer(NODE02, 'http://192.168.1.4:30080')).toBe('web')
    expect(made.answer(NODE02, `http://${read(made).spec?.clusterIP}`)).toBe('web')
  })
})

describe('a load balancer with externalTrafficPolicy Local', () => {
  const local = { externalTrafficPolicy: 'Local' }
  const healthOf = (made: Scene): number => read(made).spec?.healthCheckNodePort ?? 0

  it('is announced by a node with a Pod, and shows the client', () => {
    const made = behind(local)
    expect(made.sourceSeen(LAPTOP, 'http://192.168.1.240')).toBe('192.168.1.10')
    expect(made.sourceSeen(client, 'http://192.168.1.240')).toBe(made.podIP('client'))
    made.remove(`${paths.pods}/web`)
    made.settle()
    expect(made.answer(LAPTOP, 'http://192.168.1.240')).toBe('unreachable')
    expect(made.codes().at(-1)).toBe('load-balancer-nobody-announces')
  })

  it('answers on its health check port on every node: 200 with ready endpoints there, else 503', () => {
    const made = behind(local)
    const check = (node: string) => made.fetch(LAPTOP, `http://${node}:${healthOf(made)}/healthz`).response
    expect(check('192.168.1.3')).toMatchObject({ status: 200 })
    expect(check('192.168.1.3')?.body).toBe(
      '{\n\t"service": {\n\t\t"namespace": "default",\n\t\t"name": "web"\n\t},\n\t"localEndpoints": 1,\n\t"serviceProxyHealthy": true\n}',
    )
    expect(check('192.168.1.3')?.headers).toContainEqual(['X-Load-Balancing-Endpoint-Weight', '1'])
    for (const node of ['192.168.1.2', '192.168.1.4']) {
      expect(check(node)).toMatchObject({ status: 503, reason: 'Service Unavailable' })
      expect(check(node)?.body).toContain('"localEndpoints": 0')
    }
    made.remove(`${paths.pods}/web`)
    made.settle()
    expect(check('192.168.1.3')?.status).toBe(503)
  })

  it('has no health check port under Cluster, nor where kube-proxy has stopped', () => {
    const cluster = behind()
    expect(read(cluster).spec?.healthCheckNodePort).toBeUndefined()
    const made = behind(local)
    const url = `http://192.168.1.3:${healthOf(made)}`
    const listening = () => made.cluster.network.healthCheckPorts('node01')
    expect(listening()).toEqual([healthOf(made)])
    made.cluster.setUnit('node01', 'kube-proxy', 'stopped')
    expect(listening()).toEqual([])
    expect(made.fetch(LAPTOP, url).outcome).toBe('refused')
  })
})
