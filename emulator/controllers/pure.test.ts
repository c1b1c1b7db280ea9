import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Pod, Service } from '../generated/types.ts'
import { portGroups } from './endpoint-slice.ts'
import { subsetsOf } from './endpoints.ts'
import { announcer, chooseAddress } from './load-balancer.ts'
import { md5 } from './md5.ts'
import { evictionTime } from './node-lifecycle.ts'
import { deletionOrder } from './pod-deletion-order.ts'
import { podTemplateHash } from './pod-template-hash.ts'

const now = Date.UTC(2026, 10, 21, 9)
const at = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString()

interface PodTraits {
  readonly ip?: string
  readonly ready?: boolean
  readonly deleted?: boolean
  readonly node?: string
  readonly age?: number
  readonly restarts?: number
  readonly port?: number
}

function pod(
  name: string,
  { ip, ready = true, deleted, node = 'node01', age = 60, restarts = 0, port = 8080 }: PodTraits,
): Pod {
  return {
    metadata: {
      name,
      namespace: 'default',
      uid: name,
      creationTimestamp: at(age),
      ...(deleted && { deletionTimestamp: at(0) }),
    },
    spec: { nodeName: node, containers: [{ name: 'c', ports: [{ name: 'web', containerPort: port }] }] },
    status: {
      phase: 'Running',
      ...(ip && { podIP: ip }),
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: at(age) }],
      containerStatuses: [{ name: 'c', ready, restartCount: restarts, image: '', imageID: '' }],
    },
  }
}

describe('md5', () => {
  it('agrees with another implementation on any ASCII text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 300 }), (text) => {
        expect(md5(text)).toBe(createHash('md5').update(text).digest('hex'))
      }),
    )
  })
})

describe('podTemplateHash', () => {
  it('has letters that spell nothing, and changes with the template but not with the order of its fields', () => {
    const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } }
    const turned = { spec: { containers: [{ image: 'nginx', name: 'c' }] }, metadata: { labels: { a: 'b' } } }
    const hash = podTemplateHash(template, undefined)
    expect(hash).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{8,10}$/)
    expect(podTemplateHash(turned, undefined)).toBe(hash)
    expect(podTemplateHash(template, 1)).not.toBe(hash)
  })
})

describe('endpoints of a Service', () => {
  const service = (spec: Partial<Service['spec']> = {}): Service => ({
    metadata: { name: 'web', namespace: 'default' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'web' }], ...spec },
  })

  it('are ready or not, sorted by address, and leave the going out', () => {
    const pods = [
      pod('c', { ip: '10.244.2.2' }),
      pod('a', { ip: '10.244.1.3' }),
      pod('b', { ip: '10.244.1.2', ready: false }),
      pod('d', { ip: '10.244.1.4', deleted: true }),
      pod('e', {}),
    ]
    expect(subsetsOf(service(), pods)).toMatchObject([
      {
        addresses: [{ ip: '10.244.1.3' }, { ip: '10.244.2.2' }],
        notReadyAddresses: [{ ip: '10.244.1.2' }],
        ports: [{ port: 8080, protocol: 'TCP' }],
      },
    ])
  })

  it('publish unready addresses as ready when asked to, but never as serving', () => {
    const [group] = portGroups(service({ publishNotReadyAddresses: true }), [
      pod('b', { ip: '10.244.1.2', ready: false }),
    ])
    expect(group?.endpoints[0]?.conditions).toEqual({ ready: true, serving: false, terminating: false })
  })

  it('go into one slice for each number that a named port has', () => {
    const pods = [pod('a', { ip: '10.244.1.2' }), pod('b', { ip: '10.244.1.3', port: 9090 })]
    expect(portGroups(service(), pods).map(({ ports }) => ports[0]?.port)).toEqual([8080, 9090])
  })

  it('have no port where a name matches nothing', () => {
    const [group] = portGroups(service({ ports: [{ port: 80, targetPort: 'none' }] }), [pod('a', { ip: '10.244.1.2' })])
    expect(group?.ports).toEqual([])
  })
})

describe('deletionOrder', () => {
  const order = (pods: readonly Pod[]) => deletionOrder(pods, pods, now).map(({ metadata }) => metadata?.name)

  it('takes unready before ready, crowded nodes before empty ones, restarted before steady, young before old', () => {
    expect(order([pod('ready', {}), pod('unready', { ready: false })])[0]).toBe('unready')
    expect(order([pod('a', { node: 'n1' }), pod('b', { node: 'n2' }), pod('c', { node: 'n1' })])).toEqual([
      'a',
      'c',
      'b',
    ])
    expect(order([pod('steady', { node: 'n1' }), pod('shaky', { node: 'n2', restarts: 3 })])[0]).toBe('shaky')
    expect(order([pod('old', { node: 'n1', age: 900 }), pod('young', { node: 'n2', age: 10 })])[0]).toBe('young')
  })
})

describe('load balancer addresses', () => {
  const pool = { prefix: '192.168.1', first: 240, last: 242 }

  it('are given lowest first, as wished, or not at all', () => {
    expect(chooseAddress(undefined, new Set(['192.168.1.240']), pool)).toEqual({ address: '192.168.1.241' })
    expect(chooseAddress('192.168.1.242', new Set(), pool)).toEqual({ address: '192.168.1.242' })
    expect(chooseAddress('10.0.0.1', new Set(), pool)).toEqual({ failure: '["10.0.0.1"] is not allowed in config' })
    const all = new Set(['192.168.1.240', '192.168.1.241', '192.168.1.242'])
    expect(chooseAddress(undefined, all, pool)).toEqual({ failure: 'no available IPs' })
  })

  it('are announced by a ready worker', () => {
    const node = (name: string, status: string, labels = {}) => ({
      metadata: { name, labels },
      status: { conditions: [{ type: 'Ready', status }] },
    })
    const nodes = [
      node('controlplane', 'True', { 'node.kubernetes.io/exclude-from-external-load-balancers': '' }),
      node('node01', 'Unknown'),
      node('node02', 'True'),
    ]
    expect(announcer('192.168.1.240', nodes)?.metadata?.name).toBe('node02')
    expect(announcer('192.168.1.240', nodes.slice(0, 2))).toBeUndefined()
  })
})

describe('evictionTime', () => {
  const taint = { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute', timeAdded: at(0) }
  const tolerating = (toleration: object): Pod => ({ spec: { containers: [], tolerations: [{ ...toleration }] } })

  it.each([
    [{ key: taint.key, operator: 'Exists', tolerationSeconds: 300 }, now + 300_000],
    [{ key: taint.key, operator: 'Exists' }, undefined],
    [{ key: 'other', operator: 'Exists' }, now],
  ])('%j', (toleration, expected) => {
    expect(evictionTime(tolerating(toleration), [taint], now)).toBe(expected)
  })
})
