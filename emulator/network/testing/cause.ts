/** For tests of causes: a cluster with a client Pod, and the hop that decided a request. */
import { expect } from 'vitest'
import { paths, podManifest, type TestCluster, testCluster } from '../../testing/test-cluster.ts'
import { decidingHop } from '../deciding-hop.ts'
import type { Place } from '../types.ts'

export const LAPTOP: Place = { kind: 'machine', name: 'laptop' }
export const NODE: Place = { kind: 'machine', name: 'node01' }
export const CLIENT: Place = { kind: 'pod', namespace: 'default', name: 'client' }

export const policies = '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies'

/** A cluster with a client Pod and what the case adds to it. */
export function cluster(
  build: (made: TestCluster) => void,
  options: Parameters<typeof testCluster>[0] = {},
): TestCluster {
  const made = testCluster(options)
  made.create(
    paths.pods,
    podManifest('client', { containers: [{ name: 'main', image: 'busybox', args: ['sleep', '9999'] }] }),
  )
  build(made)
  made.settle(60)
  return made
}

export function service(made: TestCluster, name: string, spec: object, namespace = 'default'): void {
  made.create(`/api/v1/namespaces/${namespace}/services`, { metadata: { name }, spec })
}

/** The code and parameters of the hop that decided the last request. */
export function cause({ cluster: { network } }: TestCluster, from: Place, url: string) {
  network.fetch(from, url)
  const hop = network.lastTrace && decidingHop(network.lastTrace)
  expect(hop?.text).not.toContain('{')
  return { code: hop?.code, ...hop?.params }
}
