import { expect, test } from 'vitest'
import type { ConfigMap, Pod } from '../../generated/types.ts'
import { paths, podManifest, type TestCluster, testCluster } from '../../testing/test-cluster.ts'
import { sha512 } from './sha512.ts'

const SYSTEM = '/api/v1/namespaces/kube-system'
const MAP = `${SYSTEM}/configmaps/coredns`
const CLIENT = { kind: 'pod', namespace: 'default', name: 'client' } as const
const BROKEN: readonly [from: string, to: string] = ['kubernetes cluster.local', 'kubernets cluster.local']

function withClient(): TestCluster {
  const made = testCluster()
  made.create(paths.pods, podManifest('client'))
  made.settle()
  return made
}

function edit(made: TestCluster, [from, to]: readonly [from: string, to: string]): void {
  const text = made.get<ConfigMap>(MAP).data?.Corefile ?? ''
  expect(text).toContain(from)
  made.patch(MAP, { data: { Corefile: text.replace(from, to) } })
  made.settle(5)
}

const coreDnsPods = (made: TestCluster): readonly Pod[] =>
  made.list<Pod>(`${SYSTEM}/pods`).filter(({ metadata }) => metadata?.name?.startsWith('coredns-'))

const logsOf = (made: TestCluster): string =>
  coreDnsPods(made)
    .map((pod) => made.cluster.container('kube-system', pod.metadata?.name ?? '', 'coredns'))
    .flatMap((container) => container?.logs.map(({ text }) => text) ?? [])
    .join('\n')

function restart(made: TestCluster): void {
  for (const pod of coreDnsPods(made)) made.remove(`${SYSTEM}/pods/${pod.metadata?.name}`)
  made.cluster.run(90_000)
}

const ask = (made: TestCluster, name: string) => made.cluster.network.lookup(CLIENT, name)
/** The kubelet comes round to each Pod after 60 to 90 s. */
const RELOADED = 100_000

test('a second zone in the Corefile answers beside the first, after the time that a reload takes', () => {
  const made = withClient()
  edit(made, ['kubernetes cluster.local', 'kubernetes cluster.local corp.internal'])
  expect(ask(made, 'kubernetes.default.svc.corp.internal').addresses).toEqual([])
  made.cluster.run(RELOADED)
  expect(ask(made, 'kubernetes.default.svc.corp.internal').addresses).toEqual(['10.96.0.1'])
  expect(ask(made, 'kubernetes').addresses).toEqual(['10.96.0.1'])
  expect(logsOf(made)).toMatch(
    /\[INFO\] Reloading\n[\s\S]*Running configuration SHA512 = [0-9a-f]{128}\n\[INFO\] Reloading complete/,
  )
})

test('a broken Corefile leaves the old one in force until CoreDNS is restarted, and then it crashes', () => {
  const made = withClient()
  edit(made, BROKEN)
  made.cluster.run(RELOADED)
  for (let turn = 0; turn < 8; turn += 1) expect(ask(made, 'kubernetes').addresses).toEqual(['10.96.0.1'])
  expect(logsOf(made)).toContain('Corefile changed but reload failed')
  restart(made)
  expect(ask(made, 'kubernetes')).toMatchObject({ addresses: [], rcode: 'refused' })
  expect(coreDnsPods(made)[0]?.status?.containerStatuses?.[0]?.restartCount).toBeGreaterThan(1)
  expect(logsOf(made)).toContain("/etc/coredns/Corefile:7 - Error during parsing: Unknown directive 'kubernets'")
})

test('without the reload plugin a changed Corefile waits for a restart', () => {
  const made = withClient()
  edit(made, ['    reload\n', ''])
  restart(made)
  edit(made, ['kubernetes cluster.local', 'kubernetes corp.internal'])
  made.cluster.run(RELOADED)
  expect(ask(made, 'kubernetes').addresses).toEqual(['10.96.0.1'])
  restart(made)
  expect(ask(made, 'kubernetes').rcode).toBe('NXDOMAIN')
})

test('a forward to a server that is silent ends in time-outs, to one that refuses in SERVFAIL', () => {
  const made = withClient()
  edit(made, ['forward . /etc/resolv.conf', 'errors\n    forward . 10.9.9.9'])
  made.cluster.run(RELOADED)
  const query = () => made.cluster.network.query(CLIENT, { name: 'example.com', type: 'A' })
  expect(query()).toMatchObject({ rcode: 'timed-out', latencyMs: Number.POSITIVE_INFINITY })
  expect(query().trace.hops.map(({ code }) => code)).toContain('dns-forward-failed')
  expect(logsOf(made)).toMatch(
    /\[ERROR\] plugin\/errors: 2 example\.com\. A: read udp 10\.244\.\d\.\d+:\d+->10\.9\.9\.9:53: i\/o timeout/,
  )
  edit(made, ['forward . 10.9.9.9', 'forward . 192.168.1.3'])
  made.cluster.run(RELOADED)
  expect(query().rcode).toBe('SERVFAIL')
  expect(logsOf(made)).toContain('->192.168.1.3:53: read: connection refused')
  expect(ask(made, 'kubernetes').addresses).toEqual(['10.96.0.1'])
})

test('a forward that leads back to CoreDNS ends it, at a reload and at every start', () => {
  const made = withClient()
  edit(made, ['forward . /etc/resolv.conf', 'forward . 10.96.0.10'])
  made.cluster.run(RELOADED)
  ask(made, 'kubernetes')
  expect(logsOf(made)).toContain('detected for zone ".", see https://coredns.io/plugins/loop#troubleshooting.')
  made.cluster.run(120_000)
  for (let turn = 0; turn < 4; turn += 1) ask(made, 'kubernetes')
  made.cluster.run(60_000)
  restart(made)
  expect(ask(made, 'kubernetes').rcode).toBe('refused')
  const [pod] = coreDnsPods(made)
  expect(pod?.status?.containerStatuses?.[0]?.state?.waiting?.reason).toBe('CrashLoopBackOff')
})

test('without health CoreDNS is killed by its liveness probe, without ready it never becomes ready', () => {
  const made = withClient()
  edit(made, ['    ready\n', ''])
  restart(made)
  expect(ask(made, 'kubernetes').rcode).toBe('refused')
  edit(made, ['    health {\n       lameduck 5s\n    }\n', '    ready\n'])
  restart(made)
  expect(ask(made, 'kubernetes').addresses).toEqual(['10.96.0.1'])
  made.cluster.run(180_000)
  expect(coreDnsPods(made)[0]?.status?.containerStatuses?.[0]?.restartCount).toBeGreaterThan(0)
})

test('its log begins with what it runs by', () => {
  const made = withClient()
  expect(logsOf(made)).toContain(
    '.:53\n[INFO] plugin/reload: Running configuration SHA512 = 1b226df79860026c6a52e67daa10d7f0d57ec5b023288ec00c5e05f93523c894564e15b91770d3a07ae1cfbe861d15b37d4a0027e69c546ab112970993a3b03b\nCoreDNS-1.14.2\nlinux/amd64, go1.26.0,',
  )
  expect(sha512('abc')).toMatch(/^ddaf35a193617abacc417349ae204131.*2a9ac94fa54ca49f$/)
})
