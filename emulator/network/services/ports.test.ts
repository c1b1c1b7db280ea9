import { describe, expect, it } from 'vitest'
import type { EndpointSlice, Service } from '../../generated/types.ts'
import { paths } from '../../testing/test-cluster.ts'
import { LAPTOP, NODE01, PORT, type Scene, scene } from '../testing/scene.ts'

const clusterIP = ({ spec }: Service): string => spec?.clusterIP ?? ''

describe('ports of a Service', () => {
  it('each lead to their own target', () => {
    const made = scene()
    made.server('web')
    const service = made.service('web', {
      ports: [
        { name: 'api', port: 80, targetPort: 8080 },
        { name: 'echo', port: 81, targetPort: 8081, protocol: 'UDP' },
        { name: 'shut', port: 82, targetPort: 9999 },
      ],
    })
    const at = clusterIP(service)
    expect(made.answer(NODE01, `http://${at}`)).toBe('web')
    expect(made.send(NODE01, at, 81, 'UDP').reply).toBe('web')
    expect(made.answer(NODE01, `http://${at}:82`)).toBe('refused')
    expect(made.send(NODE01, at, 81, 'TCP').outcome).toBe('timed-out')
    expect(made.fetch(NODE01, `http://${at}:8080`).outcome).toBe('timed-out')
  })

  it('with a named target go to the number that each Pod gives the name', () => {
    const made = scene()
    const named = (port: number) => ({ container: { ports: [{ name: 'http', containerPort: port }] } })
    made.server('old', { ...named(8080) })
    made.server('new', { ...named(9090), args: ['netexec', '--http-port=9090', '--udp-port=9091'] })
    const service = made.service('web', { ports: [{ port: 80, targetPort: 'http' }] })
    expect(made.answers(NODE01, `http://${clusterIP(service)}`)).toEqual(['new', 'old'])
    const slices = made.list<EndpointSlice>(paths.slices).filter(({ metadata }) => metadata?.name?.startsWith('web-'))
    expect(slices.map(({ ports }) => ports?.[0]?.port).sort()).toEqual([8080, 9090])
  })

  it('with a name that no container has lead nowhere: refused', () => {
    const made = scene()
    made.server('web')
    const service = made.service('web', { ports: [{ port: 80, targetPort: 'http' }] })
    expect(made.answer(NODE01, `http://${clusterIP(service)}`)).toBe('refused')
  })

  it('may be UDP, and TCP of the same number is another port', () => {
    const made = scene()
    made.server('web')
    const ports = [{ port: 8081, targetPort: 8081, nodePort: 30081, protocol: 'UDP' }]
    const service = made.service('web', { type: 'NodePort', ports })
    expect(made.send(NODE01, clusterIP(service), 8081, 'UDP').reply).toBe('web')
    expect(made.send(LAPTOP, '192.168.1.4', 30081, 'UDP').reply).toBe('web')
    expect(made.send(NODE01, clusterIP(service), 8081, 'TCP').outcome).toBe('timed-out')
    expect(made.send(LAPTOP, '192.168.1.4', 30081, 'TCP').outcome).toBe('refused')
  })

  it('may be SCTP', () => {
    const made = scene()
    made.server('web', { args: ['netexec', '--http-port=8080', '--sctp-port=8082'] })
    const service = made.service('web', { ports: [{ port: 38412, targetPort: 8082, protocol: 'SCTP' }] })
    expect(made.send(NODE01, clusterIP(service), 38412, 'SCTP').reply).toBe('web')
    expect(made.send(NODE01, clusterIP(service), 38412, 'TCP').outcome).toBe('timed-out')
  })
})

describe('a cluster IP', () => {
  const web = (spec: object = {}): { readonly made: Scene; readonly url: string } => {
    const made = scene()
    for (const name of ['web-1', 'web-2', 'web-3']) made.server(name)
    return { made, url: `http://${clusterIP(made.service('web', { ports: [PORT], ...spec }))}` }
  }

  it('spreads requests over all Pods evenly, in the same order for the same seed', () => {
    const draw = (): readonly string[] => {
      const { made, url } = web()
      return Array.from({ length: 300 }, () => made.answer(NODE01, url))
    }
    const drawn = draw()
    for (const name of ['web-1', 'web-2', 'web-3']) {
      const share = drawn.filter((one) => one === name).length
      expect(share).toBeGreaterThan(70)
      expect(share).toBeLessThan(130)
    }
    expect(draw()).toEqual(drawn)
  })

  it('refuses while no Pod is behind it, and answers once there is one', () => {
    const made = scene()
    const url = `http://${clusterIP(made.service('web', { ports: [PORT] }))}`
    expect(made.answer(NODE01, url)).toBe('refused')
    expect(made.send(NODE01, url.slice(7), 80, 'TCP').latencyMs).toBeLessThan(10)
    made.server('web')
    made.settle()
    expect(made.answer(NODE01, url)).toBe('web')
  })

  it('lets a Pod reach itself through its own Service, from the address of its bridge (hairpin)', () => {
    const made = scene()
    made.server('web', { node: 'node01' })
    const url = `http://${clusterIP(made.service('web', { ports: [PORT] }))}`
    const self = { kind: 'pod', namespace: 'default', name: 'web' } as const
    expect(made.answer(self, url)).toBe('web')
    expect(made.sourceSeen(self, url)).toBe('10.244.1.1')
  })

  it('keeps the source of Pods and hides that of nodes', () => {
    const made = scene()
    made.server('web', { node: 'node01' })
    const client = made.client('client', { node: 'node02' })
    const url = `http://${clusterIP(made.service('web', { ports: [PORT] }))}`
    expect(made.sourceSeen(client, url)).toBe(made.podIP('client'))
    expect(made.sourceSeen(NODE01, url)).toBe('10.244.1.1')
  })

  it('is left alone by kube-proxy where the label service-proxy-name asks for another proxy', () => {
    const made = scene()
    made.server('web')
    const labels = { 'service.kubernetes.io/service-proxy-name': 'cilium' }
    const service = made.service('web', { type: 'NodePort', ports: [{ ...PORT, nodePort: 30080 }] }, { labels })
    expect(made.answer(NODE01, `http://${clusterIP(service)}`)).toBe('timed-out')
    expect(made.codes().at(-1)).toBe('cluster-ip-other-proxy')
    expect(made.answer(LAPTOP, 'http://192.168.1.3:30080')).toBe('refused')
  })
})
