/** Causes that lie in a Pod, on its node, or in what a server shows. */
import { describe, expect, it } from 'vitest'
import { paths, podManifest, type TestCluster } from '../../testing/test-cluster.ts'
import { CLIENT, cause, cluster, LAPTOP, NODE, policies, service } from '../testing/cause.ts'

const PORTS = [{ port: 80 }]
const web = (made: TestCluster, spec: object = {}, labels: object = { app: 'web' }) =>
  made.create(paths.pods, podManifest('web', spec, labels))
const selecting = (made: TestCluster, selector: object = { app: 'web' }, spec: object = {}) =>
  service(made, 'web', { selector, ports: PORTS, ...spec })
const agnhost = (args: readonly string[], more: object = {}) => ({
  containers: [{ name: 'main', image: 'registry.k8s.io/e2e-test-images/agnhost:2.53', args, ...more }],
})

describe('of several labels', () => {
  const made = (labels: object) =>
    cluster((made) => {
      web(made, {}, labels)
      selecting(made, { app: 'web', tier: 'front' })
    })

  it('the one that differs is named', () => {
    expect(cause(made({ app: 'web', tier: 'frontend' }), CLIENT, 'http://web')).toMatchObject({
      code: 'no-endpoints-label-differs',
      wanted: 'tier=front',
      found: 'tier=frontend',
      pod: 'web',
    })
  })

  it('the one that is missing is named', () => {
    expect(cause(made({ app: 'web' }), CLIENT, 'http://web')).toMatchObject({
      code: 'no-endpoints-label-missing',
      key: 'tier',
      labels: 'app=web',
    })
  })
})

describe('a Pod that is not ready', () => {
  const probed = (readinessProbe: object) =>
    cluster((made) => {
      web(made, { containers: [{ name: 'main', image: 'nginx', readinessProbe }] })
      selecting(made)
    })

  it('is told with what its readiness probe was answered', () => {
    expect(cause(probed({ httpGet: { port: 80, path: '/healthz' } }), CLIENT, 'http://web')).toMatchObject({
      code: 'no-endpoints-probe-fails',
      probe: 'httpGet /healthz :80',
      answer: 'HTTP probe failed with statuscode: 404',
    })
  })

  it('is told to be waiting while its probe has not been asked', () => {
    expect(
      cause(probed({ httpGet: { port: 80, path: '/' }, initialDelaySeconds: 600 }), CLIENT, 'http://web'),
    ).toMatchObject({ code: 'no-endpoints-probe-waits', container: 'main' })
  })

  it('is told with what keeps its container from starting', () => {
    const made = cluster((made) => {
      web(made, {
        containers: [{ name: 'main', image: 'nginx', volumeMounts: [{ name: 'page', mountPath: '/page' }] }],
        volumes: [{ name: 'page', configMap: { name: 'missing' } }],
      })
      selecting(made)
    })
    expect(cause(made, CLIENT, 'http://web')).toMatchObject({
      code: 'no-endpoints-held-up',
      why: 'ContainerCreating',
      message: expect.stringContaining('configmap "missing" not found'),
    })
  })

  it('is told of its node, where the CNI plugin is missing', () => {
    const made = cluster((made) => {
      made.cluster.machine('node02')?.files.remove('/etc/cni/net.d/10-flannel.conflist')
      made.settle(60)
      web(made, { nodeName: 'node02', tolerations: [{ operator: 'Exists' }] })
      selecting(made)
    })
    expect(cause(made, CLIENT, 'http://web')).toMatchObject({
      code: 'no-endpoints-node-not-ready',
      node: 'node02',
      message: expect.stringContaining('cni plugin not initialized'),
    })
  })

  it('is told of its node, which is down', () => {
    const made = cluster((made) => {
      web(made, { nodeName: 'node02' })
      selecting(made)
    })
    made.cluster.setPower('node02', false)
    made.cluster.run(60_000)
    expect(
      cause(made, NODE, `http://${made.get<{ spec: { clusterIP: string } }>(`${paths.services}/web`).spec.clusterIP}`),
    ).toMatchObject({
      code: 'no-endpoints-node-not-ready',
      node: 'node02',
    })
  })
})

describe('a Pod that refuses', () => {
  it('listens on 127.0.0.1 only', () => {
    const made = cluster((made) => {
      const command = ['python3', '-m', 'http.server', '80', '--bind', '127.0.0.1']
      web(made, { containers: [{ name: 'main', image: 'python:3.12', command }] })
      selecting(made)
    })
    expect(cause(made, CLIENT, 'http://web')).toMatchObject({
      code: 'listens-on-loopback',
      container: 'main',
      port: 80,
    })
  })

  it('listens with another protocol', () => {
    const made = cluster((made) => {
      web(made, agnhost(['netexec', '--http-port=8080', '--udp-port=80']))
      selecting(made)
    })
    expect(cause(made, CLIENT, 'http://web')).toMatchObject({ code: 'listener-protocol', listening: 'UDP' })
  })
})

describe('a node without kube-proxy', () => {
  it('knows nothing of new Services', () => {
    const made = cluster((made) => web(made))
    made.cluster.setUnit('node01', 'kube-proxy', 'stopped')
    selecting(
      made,
      { app: 'web' },
      { type: 'NodePort', clusterIP: '10.96.8.8', ports: [{ port: 80, nodePort: 30080 }] },
    )
    made.settle(60)
    expect(cause(made, NODE, 'http://10.96.8.8')).toMatchObject({ code: 'kube-proxy-stopped', node: 'node01' })
    expect(cause(made, LAPTOP, 'http://192.168.1.3:30080')).toMatchObject({
      code: 'kube-proxy-stopped',
      node: 'node01',
    })
  })
})

describe('policies', () => {
  it('that allow nothing isolate what they select', () => {
    const made = cluster((made) => {
      web(made)
      selecting(made)
      made.create(policies, { metadata: { name: 'deny' }, spec: { podSelector: {}, policyTypes: ['Ingress'] } })
    })
    expect(cause(made, CLIENT, 'http://web')).toMatchObject({
      code: 'policy-ingress-isolated',
      policies: 'deny',
      pod: 'web',
    })
  })
})

describe('CoreDNS', () => {
  it('that fails to answer is told as SERVFAIL', () => {
    const made = cluster((made) => {
      const Corefile = '.:53 {\n    errors\n    ready\n    forward . 192.168.1.99\n}\n'
      made.patch('/api/v1/namespaces/kube-system/configmaps/coredns', { data: { Corefile } })
      made.patch('/apis/apps/v1/namespaces/kube-system/deployments/coredns', {
        spec: { template: { metadata: { annotations: { restarted: 'yes' } } } },
      })
    })
    made.cluster.run(60_000)
    expect(cause(made, CLIENT, 'http://web.default.svc.cluster.local')).toMatchObject({ code: 'dns-forward-failed' })
  })
})

describe('what kube-proxy does', () => {
  const hops = (made: TestCluster) =>
    Object.fromEntries(made.cluster.network.lastTrace?.hops.map(({ code, params }) => [code, params]) ?? [])
  const spread = (spec: object) =>
    cluster((made) => {
      for (const name of ['web-1', 'web-2']) made.create(paths.pods, podManifest(name, {}, { app: 'web' }))
      selecting(made, { app: 'web' }, { clusterIP: '10.96.8.9', ...spec })
    })

  it('is told with its chains and the probability', () => {
    const made = spread({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] })
    made.cluster.network.fetch(NODE, 'http://10.96.8.9')
    const saved = made.cluster.network.netfilter('node01').find(({ name }) => name === 'nat')?.chains
    const { chains, probability } = hops(made)['endpoint-chosen'] ?? {}
    const named = String(chains).replaceAll('`', '')
    expect(named).toMatch(/^KUBE-SERVICES → KUBE-SVC-\w{16} → KUBE-SEP-\w{16}$/)
    for (const chain of named.split(' → ')) expect(saved?.map(({ name }) => name)).toContain(chain)
    expect(probability).toBe('1/2')
    made.cluster.network.fetch(LAPTOP, 'http://192.168.1.3:30080')
    expect(hops(made)['endpoint-chosen']?.chains).toMatch(
      /^`KUBE-NODEPORTS` → `KUBE-EXT-\w{16}` → `KUBE-SVC-\w{16}` → `KUBE-SEP-/,
    )
  })

  it('is told with whom it remembers', () => {
    const made = spread({ sessionAffinity: 'ClientIP' })
    made.cluster.network.fetch(NODE, 'http://10.96.8.9')
    expect(Object.keys(hops(made))).toContain('endpoint-chosen')
    made.cluster.network.fetch(NODE, 'http://10.96.8.9')
    expect(hops(made)['endpoint-remembered']).toMatchObject({ sourceAddress: '192.168.1.3' })
  })

  it('is told with what becomes of the source', () => {
    const made = cluster((made) => {
      web(made, { nodeName: 'node02' })
      selecting(
        made,
        { app: 'web' },
        { type: 'NodePort', clusterIP: '10.96.8.9', ports: [{ port: 80, nodePort: 30080 }] },
      )
    })
    const sent = (from: Parameters<typeof cause>[1], url: string) => {
      made.cluster.network.fetch(from, url)
      return hops(made)
    }
    expect(sent(CLIENT, 'http://10.96.8.9')).toHaveProperty('address-translated')
    expect(sent(LAPTOP, 'http://192.168.1.3:30080')['address-masqueraded']).toMatchObject({
      client: '192.168.1.10',
      sourceAddress: '192.168.1.3',
    })
    const itself = sent({ kind: 'pod', namespace: 'default', name: 'web' }, 'http://10.96.8.9')
    expect(itself['address-hairpin']).toMatchObject({ sourceAddress: '10.244.2.1' })
  })

  it('is followed over the routes between nodes and out of the cluster', () => {
    const made = cluster((made) => web(made, { nodeName: 'node02' }))
    const { status } = made.get<{ status: { podIP: string } }>(`${paths.pods}/web`)
    made.cluster.network.fetch(NODE, `http://${status.podIP}`)
    expect(hops(made)['route-pod-network']).toEqual({
      node: 'node01',
      to: 'node02',
      range: '10.244.2.0/24',
      via: '192.168.1.4',
    })
    made.cluster.network.fetch({ kind: 'pod', namespace: 'default', name: 'web' }, 'http://example.com')
    expect(hops(made)['route-internet']).toMatchObject({ gateway: '192.168.1.1', sourceAddress: '192.168.1.4' })
  })
})
