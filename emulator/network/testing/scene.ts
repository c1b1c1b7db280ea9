/** Servers and clients in a whole cluster, for tests of what the network does with Services. */
import type { Pod, Service } from '../../generated/types.ts'
import { paths, type TestCluster, testCluster } from '../../testing/test-cluster.ts'
import type { Exchange, Place, Protocol } from '../types.ts'

export const LAPTOP: Place = { kind: 'machine', name: 'laptop' }
export const CONTROLPLANE: Place = { kind: 'machine', name: 'controlplane' }
export const NODE01: Place = { kind: 'machine', name: 'node01' }
export const NODE02: Place = { kind: 'machine', name: 'node02' }

export interface ServerOptions {
  readonly node?: 'node01' | 'node02' | 'controlplane'
  readonly namespace?: string
  readonly labels?: { readonly [key: string]: string }
  /** What agnhost is told; it answers with its own name and with the client's address. */
  readonly args?: readonly string[]
  readonly container?: object
  readonly spec?: object
}

/** A cluster whose servers tell who they are and who asked them. */
export interface Scene extends TestCluster {
  /** A Pod of agnhost with port 8080 (TCP) and 8081 (UDP). */
  server(name: string, options?: ServerOptions): void
  /** A Pod that only asks. */
  client(name: string, options?: ServerOptions): Place
  service(name: string, spec: object, metadata?: object): Service
  fetch(from: Place, url: string): Exchange
  /** Who answers, or how the request ended. */
  answer(from: Place, url: string): string
  /** Which of the servers answer if one asks often. */
  answers(from: Place, url: string, times?: number): readonly string[]
  /** The client's address as the server sees it. */
  sourceSeen(from: Place, url: string): string | undefined
  send(from: Place, address: string, port: number, protocol: Protocol, text?: string): Exchange
  podIP(name: string): string
  codes(): readonly string[]
}

export function scene(): Scene {
  const made = testCluster()
  const { network } = made.cluster
  const pod = (name: string, container: object, options: ServerOptions): void => {
    const { node, namespace = 'default', labels = { app: 'web' }, spec = {} } = options
    made.create(`/api/v1/namespaces/${namespace}/pods`, {
      metadata: { name, labels },
      spec: {
        ...(node && { nodeName: node }),
        terminationGracePeriodSeconds: 1,
        containers: [{ name: 'main', ...container, ...options.container }],
        ...spec,
      },
    })
  }
  const fetch = (from: Place, url: string): Exchange => network.fetch(from, url)
  const answer = (from: Place, url: string): string => {
    const { outcome, response } = fetch(from, `${url}/hostname`)
    return response?.body ?? outcome
  }
  return {
    ...made,
    server(name, options = {}) {
      const args = options.args ?? ['netexec', '--http-port=8080', '--udp-port=8081']
      pod(name, { image: 'registry.k8s.io/e2e-test-images/agnhost:2.53', args }, options)
    },
    client(name, options = {}) {
      pod(name, { image: 'busybox', command: ['sleep', '3600'] }, { labels: { app: name }, ...options })
      return { kind: 'pod', namespace: options.namespace ?? 'default', name }
    },
    service(name, spec, metadata = {}) {
      made.create(paths.services, { metadata: { name, ...metadata }, spec: { selector: { app: 'web' }, ...spec } })
      made.settle()
      return made.get<Service>(`${paths.services}/${name}`)
    },
    fetch,
    answer,
    answers: (from, url, times = 60) =>
      [...new Set(Array.from({ length: times }, () => answer(from, url)))].sort((a, b) => (a < b ? -1 : 1)),
    sourceSeen: (from, url) => fetch(from, `${url}/clientip`).response?.body.replace(/:\d+$/, ''),
    send: (from, address, port, protocol, text = 'hostname') =>
      network.connect(from, { address, port, protocol }, { text }),
    podIP: (name) => made.get<Pod>(`${paths.pods}/${name}`).status?.podIP ?? '',
    codes: () => network.lastTrace?.hops.map(({ code }) => code) ?? [],
  }
}

export const PORT = { port: 80, targetPort: 8080 } as const
