import { describe, expect, it } from 'vitest'
import type { Endpoint, EndpointSlice, Node } from '../generated/types.ts'
import { deploymentManifest, paths, testCluster } from '../testing/test-cluster.ts'
import { withHints, zoneLabel } from './topology-hints.ts'

const endpoint = (zone: string, ready = true): Endpoint => ({
  addresses: ['10.0.0.1'],
  conditions: { ready },
  nodeName: `node-${zone}`,
  zone,
})
const zonesOf = (endpoints: readonly Endpoint[]) =>
  endpoints.map(({ hints }) => hints?.forZones?.map(({ name }) => name).join())
const node = (zone: string): Node => ({
  metadata: { labels: { [zoneLabel]: zone } },
  status: { allocatable: { cpu: '2' } },
})

describe('hints', () => {
  it('name the zone, and the node if that is preferred', () => {
    const some = [endpoint('a'), endpoint('b', false)]
    expect(withHints({ spec: { trafficDistribution: 'PreferClose' } }, some, []).map(({ hints }) => hints)).toEqual([
      { forZones: [{ name: 'a' }] },
      undefined,
    ])
    expect(withHints({ spec: { trafficDistribution: 'PreferSameNode' } }, some, [])[0]?.hints).toEqual({
      forZones: [{ name: 'a' }],
      forNodes: [{ name: 'node-a' }],
    })
    expect(withHints({ spec: {} }, some, [])).toEqual(some)
  })

  it('share endpoints out by the CPUs of zones where the annotation asks for it', () => {
    const service = { metadata: { annotations: { 'service.kubernetes.io/topology-mode': 'Auto' } } }
    const three = [endpoint('a'), endpoint('a'), endpoint('a'), endpoint('b')]
    expect(zonesOf(withHints(service, three, [node('a'), node('b')]))).toEqual(['a', 'a', 'b', 'b'])
    expect(zonesOf(withHints(service, [endpoint('a')], [node('a'), node('b')]))).toEqual([undefined])
  })
})

it('a Service that prefers its zone has slices with zones and hints', () => {
  const test = testCluster()
  test.patch(`${paths.nodes}/node01`, { metadata: { labels: { [zoneLabel]: 'east' } } })
  test.patch(`${paths.nodes}/node02`, { metadata: { labels: { [zoneLabel]: 'west' } } })
  test.create(paths.deployments, deploymentManifest('web', 2))
  const spec = { selector: { app: 'web' }, ports: [{ port: 80 }], trafficDistribution: 'PreferSameZone' }
  test.create(paths.services, { metadata: { name: 'web' }, spec })
  test.settle()
  const hints = test
    .list<EndpointSlice>(paths.slices)
    .filter(({ metadata }) => metadata?.labels?.['kubernetes.io/service-name'] === 'web')
    .flatMap(({ endpoints }) => endpoints ?? [])
    .map(({ zone, hints: given }) => [zone, given?.forZones?.[0]?.name])
  expect(hints.sort()).toEqual([
    ['east', 'east'],
    ['west', 'west'],
  ])
})
