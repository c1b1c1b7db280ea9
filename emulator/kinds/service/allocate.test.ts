import { expect, test } from 'vitest'
import type { Service } from '../../generated/types.ts'
import { allocate, type Taken } from './allocate.ts'
import { addressRanges } from './ranges.ts'

const nodePortService = (...nodePorts: readonly (number | undefined)[]): Service => ({
  metadata: { name: 'web' },
  spec: {
    type: 'NodePort',
    clusterIP: '10.96.0.50',
    clusterIPs: ['10.96.0.50'],
    ports: nodePorts.map((nodePort, index) => ({ port: 80 + index, protocol: 'TCP', ...(nodePort && { nodePort }) })),
  },
})
const FREE: Taken = { ranges: addressRanges([]), address: () => false, nodePort: () => false }
const allPortsBut = (free: number): Taken => ({ ...FREE, nodePort: (port) => port !== free })
const last = (_fork: string, n: number): number => n - 1
const portsOf = (service: Service) => service.spec?.ports?.map(({ nodePort }) => nodePort)

test('the server chooses node ports above the band that is left to people', () => {
  const chosen = allocate(nodePortService(undefined, undefined), undefined, FREE, last)
  expect(portsOf(chosen)).toEqual([32767, 30086])
})

test('the lower band serves when the upper is full', () => {
  expect(portsOf(allocate(nodePortService(undefined), undefined, allPortsBut(30003), last))).toEqual([30003])
})

test('a full range is an internal error', () => {
  expect(() => allocate(nodePortService(undefined), undefined, allPortsBut(0), last)).toThrow(
    'Internal error occurred: failed to allocate a nodePort: range is full',
  )
})

test('two ports of a new Service may not ask for one node port', () => {
  expect(() => allocate(nodePortService(30080, 30080), undefined, FREE, last)).toThrow(
    'spec.ports[1].nodePort: Invalid value: 30080: provided port is already allocated',
  )
})

test('a Service keeps its own node port when it is written again', () => {
  const old = nodePortService(30080)
  expect(portsOf(allocate(nodePortService(30080), old, FREE, last))).toEqual([30080])
})

test.each([
  ['10.96.0.0', 'the provided IP (10.96.0.0) is not in the valid range. The range of valid IPs is 10.96.0.0/12'],
  [
    '10.111.255.255',
    'the provided IP (10.111.255.255) is not in the valid range. The range of valid IPs is 10.96.0.0/12',
  ],
  ['10.112.0.0', 'the provided network does not match the current range'],
])('%s cannot be a cluster IP', (ip, message) => {
  const service: Service = { spec: { type: 'ClusterIP', clusterIP: ip, clusterIPs: [ip] } }
  expect(() => allocate(service, undefined, FREE, last)).toThrow(message)
})

test('the first and the last address of the range may be asked for', () => {
  for (const ip of ['10.96.0.1', '10.111.255.254']) {
    const service: Service = { spec: { type: 'ClusterIP', clusterIP: ip, clusterIPs: [ip] } }
    expect(allocate(service, undefined, FREE, last).spec?.clusterIP).toBe(ip)
  }
})

const cidr = (name: string, ...cidrs: readonly string[]) => ({
  metadata: { name },
  spec: { cidrs },
  status: { conditions: [{ type: 'Ready', status: 'True', reason: '', message: '', lastTransitionTime: '' }] },
})

test('a second range serves those who ask for it, and everybody once the first is full', () => {
  const ranges = addressRanges([cidr('extra', '10.200.0.0/28'), cidr('kubernetes', '10.96.0.0/30')])
  const asking = (clusterIPs: readonly string[]): Service => ({
    metadata: { name: 'web' },
    spec: { type: 'ClusterIP', clusterIPs, ports: [{ port: 80, protocol: 'TCP' }] },
  })
  const held = (...ips: readonly string[]): Taken => ({ ...FREE, ranges, address: (ip) => ips.includes(ip) })
  expect(allocate(asking(['10.200.0.14']), undefined, held(), last).spec?.clusterIPs).toEqual(['10.200.0.14'])
  expect(allocate(asking([]), undefined, held('10.96.0.1'), last).spec?.clusterIP).toBe('10.96.0.2')
  expect(allocate(asking([]), undefined, held('10.96.0.1', '10.96.0.2'), last).spec?.clusterIP).toBe('10.200.0.14')
  expect(() => allocate(asking(['10.200.0.15']), undefined, held(), last)).toThrow(
    'the provided IP (10.200.0.15) is not in the valid range. The range of valid IPs is 10.200.0.0/28',
  )
  expect(() => allocate(asking(['10.201.0.1']), undefined, held(), last)).toThrow(
    'the provided network does not match the current range',
  )
})
