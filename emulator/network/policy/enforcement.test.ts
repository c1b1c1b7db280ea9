import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NetworkPolicySpec } from '../../generated/types.ts'
import { LAPTOP, Lab, NODE01, NODE02 } from '../../images/testing/lab.ts'
import type { Exchange, Place } from '../types.ts'

const POD = (name: string, namespace = 'default'): Place => ({ kind: 'pod', namespace, name })
const SLEEP = { image: 'busybox', command: ['sleep', '3600'] } as const
const DB = 'http://10.244.1.2'
const SERVICE = 'http://10.96.100.1'

/** A database on node01 behind a NodePort Service, a friend and a stranger in its namespace, a guest in another. */
function lab(...specs: readonly NetworkPolicySpec[]): Lab {
  const made = new Lab()
  made.pod({ name: 'db', labels: { role: 'db' }, ports: [{ name: 'http', containerPort: 80 }] })
  made.pod({ name: 'friend', node: 'node02', labels: { access: 'granted' }, ...SLEEP })
  made.pod({ name: 'stranger', ...SLEEP })
  made.pod({ name: 'guest', namespace: 'shop', labels: { access: 'granted' }, ...SLEEP })
  made.namespaceLabels.set('shop', { team: 'shop' })
  made.clusterDns()
  const ports = [{ port: 8080, targetPort: 80, nodePort: 30080 }]
  made.service('db', { type: 'NodePort', clusterIP: '10.96.100.1', selector: { role: 'db' }, ports })
  for (const [index, spec] of specs.entries()) {
    made.policies.push({ metadata: { name: `policy-${index + 1}`, namespace: 'default' }, spec })
  }
  return made
}

const toDb = (spec: NetworkPolicySpec): NetworkPolicySpec => ({
  podSelector: { matchLabels: { role: 'db' } },
  policyTypes: ['Ingress'],
  ...spec,
})
const fromStranger = (spec: NetworkPolicySpec): NetworkPolicySpec => ({
  podSelector: { matchExpressions: [{ key: 'access', operator: 'DoesNotExist' }] },
  policyTypes: ['Egress'],
  ...spec,
})
const reach = (where: Lab, from: Place, url = DB): Exchange['outcome'] => where.network.fetch(from, url).outcome
const last = (where: Lab) => where.network.lastTrace?.hops.at(-1)

describe('ingress policies', () => {
  it('leave Pods that none selects open', () => {
    const open = lab({ podSelector: { matchLabels: { role: 'other' } }, policyTypes: ['Ingress'] })
    expect(reach(open, POD('stranger'))).toBe('answered')
  })

  it('without rules deny everybody but the own node, by time-out, and name themselves', () => {
    const denied = lab(toDb({}))
    for (const from of [POD('friend'), POD('stranger'), NODE02]) expect(reach(denied, from)).toBe('timed-out')
    expect(last(denied)).toMatchObject({
      subject: { kind: 'policy', namespace: 'default', name: 'policy-1' },
      verdict: 'dropped',
      code: 'policy-ingress-isolated',
    })
    expect(reach(denied, NODE01)).toBe('answered')
    expect(reach(denied, POD('db'))).toBe('answered')
    expect(denied.network.fetch(POD('friend'), DB).latencyMs).toBe(Number.POSITIVE_INFINITY)
  })

  it('select Pods of their own namespace by podSelector alone', () => {
    const some = lab(toDb({ ingress: [{ from: [{ podSelector: { matchLabels: { access: 'granted' } } }] }] }))
    expect(reach(some, POD('friend'))).toBe('answered')
    expect(some.network.lastTrace?.hops.find((hop) => hop.code === 'policy-ingress-allowed')?.text).toBe(
      'NetworkPolicy policy-1 lets Pod default/friend (access=granted) reach Pod db on 80/TCP.',
    )
    expect(reach(some, POD('guest', 'shop'))).toBe('timed-out')
    expect(reach(some, POD('stranger'))).toBe('timed-out')
    expect(last(some)?.text).toBe(
      'NetworkPolicy policy-1 lets only podSelector access=granted reach Pod db. Pod default/stranger (<none>) is not among them: the packet is dropped.',
    )
  })

  it('take both selectors of one peer together and several peers one by one', () => {
    const shop = { namespaceSelector: { matchLabels: { team: 'shop' } } }
    const granted = { podSelector: { matchLabels: { access: 'granted' } } }
    const both = lab(toDb({ ingress: [{ from: [{ ...shop, ...granted }] }] }))
    expect(reach(both, POD('guest', 'shop'))).toBe('answered')
    expect(reach(both, POD('friend'))).toBe('timed-out')
    const either = lab(toDb({ ingress: [{ from: [shop, granted] }] }))
    expect(reach(either, POD('guest', 'shop'))).toBe('answered')
    expect(reach(either, POD('friend'))).toBe('answered')
    expect(reach(either, POD('stranger'))).toBe('timed-out')
  })

  it('take blocks of addresses without their exceptions', () => {
    const block = lab(
      toDb({ ingress: [{ from: [{ ipBlock: { cidr: '10.244.0.0/16', except: ['10.244.2.0/24'] } }] }] }),
    )
    expect(reach(block, POD('stranger'))).toBe('answered')
    expect(reach(block, POD('friend'))).toBe('timed-out')
  })

  it('name ports of the Pod: numbers, ranges, names', () => {
    const ports = (port: object): Lab => lab(toDb({ ingress: [{ ports: [port] }] }))
    for (const port of [{ port: 80 }, { port: 'http' }, { port: 70, endPort: 90 }, {}]) {
      expect(reach(ports(port), POD('friend'), `${SERVICE}:8080`)).toBe('answered')
    }
    for (const port of [{ port: 8080 }, { port: 'web' }, { port: 81, endPort: 90 }, { port: 80, protocol: 'UDP' }]) {
      expect(reach(ports(port), POD('friend'), `${SERVICE}:8080`)).toBe('timed-out')
    }
    const service = ports({ port: 8080 })
    reach(service, POD('friend'), `${SERVICE}:8080`)
    expect(last(service)).toMatchObject({
      code: 'policy-ingress-port',
      params: { ports: '8080/TCP', target: '80/TCP' },
    })
  })

  it('add up: what one policy allows no other takes away', () => {
    const added = lab(toDb({}), toDb({ ingress: [{ from: [{ podSelector: {} }] }] }))
    expect(reach(added, POD('stranger'))).toBe('answered')
    expect(reach(added, POD('guest', 'shop'))).toBe('timed-out')
    expect(last(added)?.params.policies).toBe('policy-1, policy-2')
  })

  it('see the client that comes over a node port of their own node, and the node that passed it on', () => {
    const laptop = lab(toDb({ ingress: [{ from: [{ ipBlock: { cidr: '192.168.1.10/32' } }] }] }))
    expect(reach(laptop, LAPTOP, 'http://192.168.1.3:30080')).toBe('answered')
    expect(reach(laptop, LAPTOP, 'http://192.168.1.4:30080')).toBe('timed-out')
    const node = lab(toDb({ ingress: [{ from: [{ ipBlock: { cidr: '192.168.1.4/32' } }] }] }))
    expect(reach(node, LAPTOP, 'http://192.168.1.4:30080')).toBe('answered')
  })

  it('drop pings unless a rule names no port', () => {
    expect(lab(toDb({ ingress: [{ ports: [{ port: 80 }] }] })).network.ping(POD('friend'), '10.244.1.2').outcome).toBe(
      'timed-out',
    )
    expect(lab(toDb({ ingress: [{}] })).network.ping(POD('friend'), '10.244.1.2').outcome).toBe('answered')
  })
})

describe('egress policies', () => {
  const dns = { ports: [{ port: 53, protocol: 'UDP' }] }

  it('without rules hold everything back, but not what the Pod says to itself', () => {
    const held = lab(fromStranger({}))
    expect(reach(held, POD('stranger'))).toBe('timed-out')
    expect(last(held)).toMatchObject({ code: 'policy-egress-isolated', params: { policies: 'policy-1' } })
    expect(held.network.ping(POD('stranger'), '10.244.1.3').outcome).toBe('answered')
    expect(reach(held, POD('friend'))).toBe('answered')
  })

  it('see the endpoint behind a Service, not its cluster IP', () => {
    const peer = lab(fromStranger({ egress: [{ to: [{ podSelector: { matchLabels: { role: 'db' } } }] }] }))
    expect(reach(peer, POD('stranger'), `${SERVICE}:8080`)).toBe('answered')
    const block = lab(fromStranger({ egress: [{ to: [{ ipBlock: { cidr: '10.96.0.0/12' } }] }] }))
    expect(reach(block, POD('stranger'), `${SERVICE}:8080`)).toBe('timed-out')
  })

  it('see the address of another node where a node port is used', () => {
    const url = 'http://192.168.1.4:30080'
    const peer = lab(fromStranger({ egress: [{ to: [{ podSelector: {} }] }] }))
    expect(reach(peer, POD('stranger'), url)).toBe('timed-out')
    expect(last(peer)?.params.peer).toBe('192.168.1.4')
    const node = lab(fromStranger({ egress: [{ to: [{ ipBlock: { cidr: '192.168.1.0/24' } }] }] }))
    expect(reach(node, POD('stranger'), url)).toBe('answered')
  })

  it('that forget DNS leave names unresolved, and say so', () => {
    const to = [{ podSelector: { matchLabels: { role: 'db' } } }]
    const forgot = lab(fromStranger({ egress: [{ to }] }))
    expect(reach(forgot, POD('stranger'), 'http://db:8080')).toBe('unresolved')
    expect(last(forgot)?.code).toBe('policy-egress-dns')
    expect(forgot.network.query(POD('stranger'), { name: 'db.default.svc.cluster.local', type: 'A' }).rcode).toBe(
      'timed-out',
    )
    expect(last(forgot)?.code).toBe('policy-egress-dns')
    expect(reach(lab(fromStranger({ egress: [{ to }, dns] })), POD('stranger'), 'http://db:8080')).toBe('answered')
  })

  it('let replies to allowed connections pass', () => {
    const held = lab({ podSelector: { matchLabels: { role: 'db' } }, policyTypes: ['Egress'] })
    expect(held.network.fetch(POD('friend'), DB).response?.status).toBe(200)
  })

  it('meet the ingress policies of the other end', () => {
    const both = lab(fromStranger({ egress: [{}] }), toDb({}))
    expect(reach(both, POD('stranger'))).toBe('timed-out')
    expect(both.network.lastTrace?.hops.map((hop) => hop.code)).toEqual([
      'leaves-source',
      'policy-egress-allowed',
      'policy-ingress-isolated',
    ])
  })
})

it('a rule more never takes a connection away', () => {
  const label = fc.constantFrom<Readonly<Record<string, string>>[]>(
    { access: 'granted' },
    { role: 'db' },
    { 'no-such': 'label' },
    {},
  )
  const peer = fc.oneof(
    label.map((matchLabels) => ({ podSelector: { matchLabels } })),
    fc.constantFrom('10.244.0.0/16', '10.244.2.0/24', '0.0.0.0/0').map((cidr) => ({ ipBlock: { cidr } })),
  )
  const rule = fc.record({ from: fc.array(peer, { maxLength: 2 }), ports: fc.constantFrom([], [{ port: 80 }]) })
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 3 }), rule, (rules, more) => {
      const before = reach(lab(toDb({ ingress: rules })), POD('friend'))
      const after = reach(lab(toDb({ ingress: [...rules, more] })), POD('friend'))
      expect(before === 'timed-out' || after === 'answered').toBe(true)
    }),
    { numRuns: 60 },
  )
})
