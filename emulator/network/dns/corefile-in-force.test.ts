import { expect, test } from 'vitest'
import type { ConfigMap, Pod } from '../../generated/types.ts'
import { paths, podManifest, type TestCluster, testCluster } from '../../testing/test-cluster.ts'

const MAP = '/api/v1/namespaces/kube-system/configmaps/coredns'
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
  made.patch(MAP, { data: { Corefile: text.replace(from, to) } })
  made.settle(120)
  made.cluster.run(180_000)
}

const coreDnsPods = (made: TestCluster): readonly string[] =>
  made
    .list<Pod>('/api/v1/namespaces/kube-system/pods')
    .map(({ metadata }) => metadata?.name ?? '')
    .filter((name) => name.startsWith('coredns-'))

const ask = (made: TestCluster, name: string) => made.cluster.network.lookup(CLIENT, name)

test('a second zone in the Corefile answers beside the first', () => {
  const made = withClient()
  edit(made, ['kubernetes cluster.local', 'kubernetes cluster.local corp.internal'])
  expect(ask(made, 'kubernetes.default.svc.corp.internal').addresses).toEqual(['10.96.0.1'])
  expect(ask(made, 'kubernetes').addresses).toEqual(['10.96.0.1'])
})

test('a broken Corefile leaves the old one in force until CoreDNS is restarted', () => {
  const made = withClient()
  edit(made, BROKEN)
  expect(ask(made, 'kubernetes').addresses).toEqual(['10.96.0.1'])
  for (const pod of coreDnsPods(made)) made.remove(`/api/v1/namespaces/kube-system/pods/${pod}`)
  made.cluster.run(120_000)
  expect(ask(made, 'kubernetes')).toMatchObject({ addresses: [], rcode: 'refused' })
})

test('a forward to a server that is not there ends in SERVFAIL', () => {
  const made = withClient()
  edit(made, ['forward . /etc/resolv.conf', 'forward . 10.9.9.9'])
  const answer = made.cluster.network.query(CLIENT, { name: 'example.com', type: 'A' })
  expect(answer.rcode).toBe('SERVFAIL')
})
