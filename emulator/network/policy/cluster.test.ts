import { describe, expect, it } from 'vitest'
import type { NetworkPolicy, NetworkPolicySpec, Pod } from '../../generated/types.ts'
import { paths } from '../../testing/test-cluster.ts'
import { LAPTOP, NODE01, NODE02, PORT, type Scene, scene } from '../testing/scene.ts'
import type { Place } from '../types.ts'

const POLICIES = '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies'
const pod = (name: string, namespace = 'default'): Place => ({ kind: 'pod', namespace, name })

/** A server on node01, a client beside it, one on the other node, and one in another namespace. */
function withPolicies(...specs: readonly NetworkPolicySpec[]): { readonly made: Scene; readonly url: string } {
  const made = scene()
  made.create(paths.namespaces, { metadata: { name: 'shop', labels: { team: 'shop' } } })
  made.settle()
  made.server('web', { node: 'node01' })
  made.client('near', { node: 'node01', labels: { role: 'client' } })
  made.client('far', { node: 'node02', labels: { role: 'client' } })
  made.client('guest', { node: 'node02', namespace: 'shop', labels: { role: 'client' } })
  for (const [index, spec] of specs.entries()) made.create(POLICIES, { metadata: { name: `policy-${index}` }, spec })
  const { spec } = made.service('web', { type: 'NodePort', ports: [{ ...PORT, nodePort: 30080 }] })
  return { made, url: `http://${spec?.clusterIP}` }
}

const web = { matchLabels: { app: 'web' } }
const clients = { matchLabels: { role: 'client' } }
const stored = (made: Scene, index = 0) => made.get<NetworkPolicy>(`${POLICIES}/policy-${index}`).spec?.policyTypes

describe('policyTypes', () => {
  it('are Ingress, and Egress too where there are egress rules, if nothing else is said', () => {
    const { made, url } = withPolicies({ podSelector: web }, { podSelector: clients, egress: [] })
    expect(stored(made, 0)).toEqual(['Ingress'])
    expect(stored(made, 1)).toEqual(['Ingress'])
    expect(made.answer(pod('far'), url)).toBe('timed-out')
    const open = withPolicies({ podSelector: clients, egress: [{ to: [{ podSelector: web }] }] })
    expect(stored(open.made)).toEqual(['Ingress', 'Egress'])
    expect(open.made.answer(pod('far'), open.url)).toBe('web')
    expect(open.made.answer(pod('far'), 'http://93.184.215.14')).toBe('timed-out')
  })

  it('Egress alone leaves what comes in open', () => {
    const { made, url } = withPolicies({ podSelector: web, policyTypes: ['Egress'] })
    expect(made.answer(pod('far'), url)).toBe('web')
    expect(made.answer(pod('web'), url)).toBe('web')
    expect(made.send(pod('web'), made.podIP('far'), 80, 'TCP').outcome).toBe('timed-out')
  })
})

describe('peers', () => {
  it('an empty podSelector is every Pod of the namespace, an empty namespaceSelector every namespace', () => {
    const own = withPolicies({ podSelector: web, ingress: [{ from: [{ podSelector: {} }] }] })
    expect(own.made.answer(pod('far'), own.url)).toBe('web')
    expect(own.made.answer(pod('guest', 'shop'), own.url)).toBe('timed-out')
    const all = withPolicies({ podSelector: web, ingress: [{ from: [{ namespaceSelector: {} }] }] })
    for (const from of [pod('far'), pod('guest', 'shop')]) expect(all.made.answer(from, all.url)).toBe('web')
    expect(all.made.answer(NODE02, all.url)).toBe('timed-out')
  })

  it('an empty rule and an empty list of peers let everybody in, an empty list of rules nobody', () => {
    for (const [ingress, seen] of [
      [[{}], 'web'],
      [[{ from: [] }], 'web'],
      [[], 'timed-out'],
    ] as const) {
      const { made, url } = withPolicies({ podSelector: web, ingress })
      expect(made.answer(pod('guest', 'shop'), url)).toBe(seen)
      expect(made.answer(LAPTOP, 'http://192.168.1.4:30080')).toBe(seen)
    }
  })

  it('are chosen by the name of their namespace, and both selectors of one peer must fit', () => {
    const named = { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }
    const { made, url } = withPolicies({
      podSelector: web,
      ingress: [{ from: [{ namespaceSelector: named, podSelector: { matchLabels: { role: 'admin' } } }] }],
    })
    expect(made.answer(pod('guest', 'shop'), url)).toBe('timed-out')
    made.patch('/api/v1/namespaces/shop/pods/guest', { metadata: { labels: { role: 'admin' } } })
    expect(made.answer(pod('guest', 'shop'), url)).toBe('web')
    made.patch(`${paths.pods}/far`, { metadata: { labels: { role: 'admin' } } })
    expect(made.answer(pod('far'), url)).toBe('timed-out')
  })

  it('with the host’s network are known by the address of their node, and no policy holds them', () => {
    const { made, url } = withPolicies({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: {} }] }],
    })
    made.client('on-host', { node: 'node02', spec: { hostNetwork: true } })
    made.server('open', { node: 'node02', labels: { app: 'open' }, spec: { hostNetwork: true } })
    made.settle()
    expect(made.answer(pod('on-host'), url)).toBe('timed-out')
    expect(made.answer(LAPTOP, 'http://192.168.1.4:8080')).toBe('node02')
    expect(made.fetch(pod('on-host'), 'http://93.184.215.14').outcome).toBe('answered')
  })

  it('by ipBlock except what lies in its exceptions, on the way out too', () => {
    const { made } = withPolicies({
      podSelector: clients,
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.244.1.0/24'] } }] }],
    })
    expect(made.send(pod('far'), made.podIP('web'), 8080, 'TCP').outcome).toBe('timed-out')
    expect(made.fetch(pod('far'), 'http://93.184.215.14').outcome).toBe('answered')
  })
})

describe('ports', () => {
  it('by name mean what each Pod calls so', () => {
    const rule = { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 'http' }] }] }
    const { made } = withPolicies(rule)
    const named = (port: number) => ({ container: { ports: [{ name: 'http', containerPort: port }] } })
    made.server('eight', { ...named(8080), labels: { app: 'eight' } })
    made.server('nine', {
      ...named(9090),
      labels: { app: 'nine' },
      args: ['netexec', '--http-port=9090', '--udp-port=8080'],
    })
    made.settle()
    expect(made.answer(pod('far'), `http://${made.podIP('eight')}:8080`)).toBe('eight')
    expect(made.answer(pod('far'), `http://${made.podIP('nine')}:9090`)).toBe('nine')
    expect(made.send(pod('far'), made.podIP('nine'), 8080, 'UDP').outcome).toBe('timed-out')
    expect(made.send(pod('far'), made.podIP('web'), 8080, 'TCP').outcome).toBe('timed-out')
  })

  it('are TCP if nothing else is said, and reach up to endPort', () => {
    const { made } = withPolicies({ podSelector: web, ingress: [{ ports: [{ port: 8080, endPort: 8081 }] }] })
    expect(made.send(pod('far'), made.podIP('web'), 8080, 'TCP').outcome).toBe('answered')
    expect(made.send(pod('far'), made.podIP('web'), 8081, 'TCP').outcome).toBe('refused')
    expect(made.send(pod('far'), made.podIP('web'), 8082, 'TCP').outcome).toBe('timed-out')
    expect(made.send(pod('far'), made.podIP('web'), 8081, 'UDP').outcome).toBe('timed-out')
  })
})

describe('what policies leave alone', () => {
  it('probes of the kubelet, and all that the own node sends', () => {
    const { made } = withPolicies({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
    const readinessProbe = { httpGet: { port: 8080 }, periodSeconds: 1 }
    made.server('probed', { node: 'node01', labels: { app: 'probed' }, container: { readinessProbe } })
    made.cluster.run(5000)
    const { status } = made.get<Pod>(`${paths.pods}/probed`)
    expect(status?.conditions?.find(({ type }) => type === 'Ready')?.status).toBe('True')
    expect(made.answer(NODE01, `http://${made.podIP('web')}:8080`)).toBe('web')
    expect(made.answer(NODE02, `http://${made.podIP('web')}:8080`)).toBe('timed-out')
  })

  it('Pods of other namespaces', () => {
    const { made } = withPolicies({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
    expect(made.fetch(pod('guest', 'shop'), 'http://93.184.215.14').outcome).toBe('answered')
  })

  it('everything again when they are deleted', () => {
    const { made, url } = withPolicies({ podSelector: web })
    expect(made.answer(pod('near'), url)).toBe('timed-out')
    made.remove(`${POLICIES}/policy-0`)
    expect(made.answer(pod('near'), url)).toBe('web')
  })
})

describe('egress with DNS', () => {
  const dns = {
    to: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
        podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      },
    ],
    ports: [{ port: 53, protocol: 'UDP' }],
  }

  it('needs a way to CoreDNS, whose Service is seen as its Pods', () => {
    const shut = withPolicies({
      podSelector: clients,
      policyTypes: ['Egress'],
      egress: [{ to: [{ podSelector: web }] }],
    })
    expect(shut.made.answer(pod('far'), shut.url)).toBe('web')
    expect(shut.made.answer(pod('far'), 'http://web')).toBe('unresolved')
    const open = withPolicies({
      podSelector: clients,
      policyTypes: ['Egress'],
      egress: [{ to: [{ podSelector: web }] }, dns],
    })
    expect(open.made.answer(pod('far'), 'http://web')).toBe('web')
  })
})
