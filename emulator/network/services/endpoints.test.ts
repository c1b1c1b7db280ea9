import { describe, expect, it } from 'vitest'
import type { EndpointSlice, Endpoints, Service } from '../../generated/types.ts'
import { paths } from '../../testing/test-cluster.ts'
import { LAPTOP, NODE01, NODE02, PORT, type Scene, scene } from '../testing/scene.ts'

const urlOf = ({ spec }: Service): string => `http://${spec?.clusterIP}`
const client = { kind: 'pod', namespace: 'default', name: 'client' } as const

function withClient(): Scene {
  const made = scene()
  made.client('client', { node: 'node02' })
  return made
}

describe('the Pods behind a Service', () => {
  const probe = (port: number) => ({
    container: { readinessProbe: { httpGet: { port }, periodSeconds: 1, failureThreshold: 1 } },
  })

  it('are those that are ready', () => {
    const made = withClient()
    made.server('well', probe(8080))
    made.server('ill', probe(9999))
    const url = urlOf(made.service('web', { ports: [PORT] }))
    expect(made.answers(client, url)).toEqual(['well'])
  })

  it('are unready ones too with publishNotReadyAddresses', () => {
    const made = withClient()
    made.server('ill', probe(9999))
    const url = urlOf(made.service('web', { ports: [PORT], publishNotReadyAddresses: true }))
    expect(made.answers(client, url)).toEqual(['ill'])
  })

  it('leave it when they are given other labels, and come back', () => {
    const made = withClient()
    for (const name of ['web-1', 'web-2']) made.server(name)
    const url = urlOf(made.service('web', { ports: [PORT] }))
    expect(made.answers(client, url)).toEqual(['web-1', 'web-2'])
    made.patch(`${paths.pods}/web-1`, { metadata: { labels: { app: 'debugged' } } })
    made.settle()
    expect(made.answers(client, url)).toEqual(['web-2'])
    made.patch(`${paths.pods}/web-1`, { metadata: { labels: { app: 'web' } } })
    made.settle()
    expect(made.answers(client, url)).toEqual(['web-1', 'web-2'])
  })

  it('follow its selector', () => {
    const made = withClient()
    made.server('blue', { labels: { app: 'web', colour: 'blue' } })
    made.server('green', { labels: { app: 'web', colour: 'green' } })
    const url = urlOf(made.service('web', { ports: [PORT], selector: { app: 'web', colour: 'blue' } }))
    expect(made.answers(client, url)).toEqual(['blue'])
    made.patch(`${paths.services}/web`, { spec: { selector: { colour: 'green' } } })
    made.settle()
    expect(made.answers(client, url)).toEqual(['green'])
  })

  it('that are going still serve while no other is ready, and no longer once one is', () => {
    const made = withClient()
    const slow = {
      spec: { terminationGracePeriodSeconds: 60 },
      container: { lifecycle: { preStop: { sleep: { seconds: 50 } } } },
    }
    made.server('going', slow)
    const url = urlOf(made.service('web', { ports: [PORT] }))
    made.remove(`${paths.pods}/going`)
    made.cluster.run(5000)
    expect(made.answers(client, url)).toEqual(['going'])
    expect(made.codes()).toContain('endpoint-terminating')
    made.server('new')
    made.cluster.run(10_000)
    expect(made.answers(client, url)).toEqual(['new'])
    made.remove(`${paths.pods}/new`)
    made.cluster.run(90_000)
    expect(made.answers(client, url)).toEqual(['refused'])
  })

  it('on a node that died are asked in vain for 40 s, then left out', () => {
    const made = withClient()
    made.server('alive', { node: 'node02' })
    made.server('dead', { node: 'node01' })
    const url = urlOf(made.service('web', { ports: [PORT] }))
    made.cluster.setPower('node01', false)
    made.cluster.run(30_000)
    expect(made.answers(client, url)).toEqual(['alive', 'timed-out'])
    made.cluster.run(20_000)
    expect(made.answers(client, url)).toEqual(['alive'])
    made.cluster.setPower('node01', true)
    made.cluster.run(60_000)
    expect(made.answers(client, url)).toEqual(['alive', 'dead'])
  })

  it('with the host’s network are reached at the node’s address', () => {
    const made = withClient()
    made.server('web', { node: 'node01', spec: { hostNetwork: true } })
    const url = urlOf(made.service('web', { ports: [PORT] }))
    expect(made.answer(client, url)).toBe('node01')
    expect(made.get<Endpoints>(`${paths.endpoints}/web`).subsets?.[0]?.addresses?.[0]?.ip).toBe('192.168.1.3')
  })
})

describe('a Service without a selector', () => {
  const bare = { ports: [{ port: 80, targetPort: 8080 }], selector: null }

  it('goes where Endpoints written by hand say, by their mirror', () => {
    const made = withClient()
    made.server('web', { labels: { app: 'other' } })
    const url = urlOf(made.service('manual', bare))
    expect(made.answer(client, url)).toBe('refused')
    made.create(paths.endpoints, {
      metadata: { name: 'manual' },
      subsets: [{ addresses: [{ ip: made.podIP('web') }], ports: [{ port: 8080 }] }],
    })
    made.settle()
    expect(made.answer(client, url)).toBe('web')
    made.remove(`${paths.endpoints}/manual`)
    made.settle()
    expect(made.answer(client, url)).toBe('refused')
  })

  it('goes where an EndpointSlice with its name says, by the name of the port', () => {
    const made = withClient()
    made.server('web', { labels: { app: 'other' } })
    const url = urlOf(made.service('manual', { ...bare, ports: [{ name: 'http', port: 80 }] }))
    const slice = (name: string, port: string) => ({
      metadata: { name, labels: { 'kubernetes.io/service-name': 'manual' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: [made.podIP('web')] }],
      ports: [{ name: port, port: 8080, protocol: 'TCP' }],
    })
    made.create(paths.slices, slice('one', 'web'))
    made.settle()
    expect(made.answer(client, url)).toBe('refused')
    made.create(paths.slices, slice('two', 'http'))
    made.settle()
    expect(made.answer(client, url)).toBe('web')
    made.remove(`${paths.services}/manual`)
    expect(made.find<EndpointSlice>(`${paths.slices}/two`)).toBeDefined()
  })

  it('leaves out endpoints that say they are not ready', () => {
    const made = withClient()
    for (const name of ['web-1', 'web-2']) made.server(name, { labels: { app: 'other' } })
    const url = urlOf(made.service('manual', bare))
    made.create(paths.slices, {
      metadata: { name: 'manual-1', labels: { 'kubernetes.io/service-name': 'manual' } },
      addressType: 'IPv4',
      endpoints: [
        { addresses: [made.podIP('web-1')], conditions: { ready: false } },
        { addresses: [made.podIP('web-2')] },
      ],
      ports: [{ port: 8080 }],
    })
    made.settle()
    expect(made.answers(client, url)).toEqual(['web-2'])
  })

  it('may send to hosts outside the cluster, and says so when they are silent', () => {
    const made = withClient()
    const service = made.service('outside', { ports: [{ port: 80 }], selector: null })
    const slice = (name: string, address: string) => ({
      metadata: { name, labels: { 'kubernetes.io/service-name': 'outside' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: [address] }],
      ports: [{ port: 80 }],
    })
    made.create(paths.slices, slice('good', '93.184.215.14'))
    made.settle()
    for (const from of [client, NODE01])
      expect(made.fetch(from, urlOf(service)).response?.body).toContain('Example Domain')
    made.remove(`${paths.slices}/good`)
    made.create(paths.slices, slice('bad', '203.0.113.7'))
    made.settle()
    expect(made.fetch(client, urlOf(service)).outcome).toBe('timed-out')
  })

  it('keeps what its selector left when the selector is taken away', () => {
    const made = withClient()
    made.server('web')
    const url = urlOf(made.service('web', { ports: [PORT] }))
    made.patch(`${paths.services}/web`, { spec: { selector: null } })
    made.settle()
    made.server('late')
    made.settle()
    expect(made.answers(client, url)).toEqual(['web'])
  })
})

describe('trafficDistribution', () => {
  const zoned = (): Scene => {
    const made = scene()
    for (const node of ['node01', 'node02'])
      made.patch(`${paths.nodes}/${node}`, {
        metadata: { labels: { 'topology.kubernetes.io/zone': `zone-of-${node}` } },
      })
    for (const node of ['node01', 'node02'] as const) made.server(`web-${node}`, { node })
    return made
  }

  it('PreferSameZone stays in the zone of the client while a Pod is ready there', () => {
    const made = zoned()
    const url = urlOf(made.service('web', { ports: [PORT], trafficDistribution: 'PreferSameZone' }))
    expect(made.answers(NODE01, url)).toEqual(['web-node01'])
    expect(made.answers(NODE02, url)).toEqual(['web-node02'])
    made.remove(`${paths.pods}/web-node01`)
    made.settle()
    expect(made.answers(NODE01, url)).toEqual(['web-node02'])
  })

  it('PreferClose is its older name, PreferSameNode stays on the node, without it all answer', () => {
    for (const [trafficDistribution, count] of [
      ['PreferClose', 1],
      ['PreferSameNode', 1],
      [undefined, 2],
    ] as const) {
      const made = zoned()
      const url = urlOf(made.service('web', { ports: [PORT], ...(trafficDistribution && { trafficDistribution }) }))
      expect(made.answers(NODE02, url)).toHaveLength(count)
    }
  })

  it('does not bind what uses a node whose zone has no endpoint', () => {
    const made = zoned()
    const service = made.service('web', {
      type: 'NodePort',
      ports: [{ ...PORT, nodePort: 30080 }],
      trafficDistribution: 'PreferSameZone',
    })
    expect(service.spec?.trafficDistribution).toBe('PreferSameZone')
    expect(made.answers(LAPTOP, 'http://192.168.1.2:30080')).toEqual(['web-node01', 'web-node02'])
    expect(made.answers(LAPTOP, 'http://192.168.1.3:30080')).toEqual(['web-node01'])
  })
})

describe('address families', () => {
  it('are IPv4 alone in this cluster: PreferDualStack gets one, RequireDualStack is refused', () => {
    const made = scene()
    const { spec } = made.service('web', { ports: [PORT], ipFamilyPolicy: 'PreferDualStack' })
    expect(spec).toMatchObject({ ipFamilies: ['IPv4'], clusterIPs: [spec?.clusterIP] })
    expect(made.service('plain', { ports: [PORT] }).spec?.ipFamilyPolicy).toBe('SingleStack')
    expect(() => made.service('both', { ports: [PORT], ipFamilyPolicy: 'RequireDualStack' })).toThrow(
      'this cluster is not configured for dual-stack services',
    )
  })
})
