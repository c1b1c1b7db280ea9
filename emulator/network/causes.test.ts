/** For each way in which a request dies: build it on a cluster, send the request, expect the cause by name. */
import { describe, expect, it } from 'vitest'
import { deploymentManifest, paths, podManifest, type TestCluster } from '../testing/test-cluster.ts'
import { CLIENT, cause, cluster, LAPTOP, NODE, policies, service } from './testing/cause.ts'
import type { Place } from './types.ts'

const PORT_80 = [{ port: 80 }]
const web = (made: TestCluster, spec: object = {}, labels: object = { app: 'web' }) =>
  made.create(paths.pods, podManifest('web', spec, labels))

describe('a Service without endpoints', () => {
  it('is told of labels that nearly match', () => {
    const made = cluster((made) => {
      web(made, {}, { app: 'webapp' })
      service(made, 'web', { selector: { app: 'web' }, ports: PORT_80 })
    })
    expect(cause(made, CLIENT, 'http://web')).toMatchObject({
      code: 'no-endpoints-selector-matches-nothing',
      service: 'web',
      selector: 'app=web',
      pod: 'web',
      labels: 'app=webapp',
    })
  })

  it('is told of labels that only the Deployment has', () => {
    const made = cluster((made) => {
      const { spec } = deploymentManifest('shop', 1) as { spec: { template: object } }
      made.create(paths.deployments, { metadata: { name: 'shop', labels: { tier: 'front' } }, spec })
      service(made, 'web', { selector: { tier: 'front' }, ports: PORT_80 })
    })
    expect(cause(made, CLIENT, 'http://web')).toMatchObject({
      code: 'no-endpoints-labels-on-workload',
      workload: 'Deployment shop',
      labels: 'app=shop',
    })
  })

  it('is told of Pods in another namespace', () => {
    const made = cluster((made) => {
      made.create(paths.namespaces, { metadata: { name: 'shop' } })
      web(made)
      service(made, 'web', { selector: { app: 'web' }, ports: PORT_80 }, 'shop')
    })
    expect(cause(made, CLIENT, 'http://web.shop')).toMatchObject({
      code: 'no-endpoints-pods-elsewhere',
      namespace: 'shop',
      elsewhere: 'default',
      pod: 'web',
    })
  })

  it('is told of a Deployment that is scaled to zero', () => {
    const made = cluster((made) => {
      made.create(paths.deployments, deploymentManifest('web', 0))
      service(made, 'web', { selector: { app: 'web' }, ports: PORT_80 })
    })
    expect(cause(made, CLIENT, 'http://web')).toMatchObject({
      code: 'no-endpoints-scaled-to-zero',
      workload: 'Deployment web',
    })
  })

  it('is told of a readiness probe at the wrong port and at the wrong path', () => {
    const probed = (httpGet: object) =>
      cluster((made) => {
        web(made, { containers: [{ name: 'main', image: 'nginx', readinessProbe: { httpGet } }] })
        service(made, 'web', { selector: { app: 'web' }, ports: PORT_80 })
      })
    expect(cause(probed({ port: 8080, path: '/' }), CLIENT, 'http://web')).toMatchObject({
      code: 'no-endpoints-probe-port',
      probe: 'httpGet / :8080',
      port: 8080,
      listening: '80',
    })
    expect(cause(probed({ port: 80, path: '/healthz' }), CLIENT, 'http://web')).toMatchObject({
      code: 'no-endpoints-probe-fails',
      probe: 'httpGet /healthz :80',
      container: 'main',
    })
  })

  it('is told of a Pod that no node takes and of one whose image is not there', () => {
    const made = cluster((made) => {
      web(made, { nodeSelector: { disk: 'ssd' } })
      service(made, 'web', { selector: { app: 'web' }, ports: PORT_80 })
      made.create(paths.pods, podManifest('old', { containers: [{ name: 'main', image: 'nginx:0.0.0-none' }] }))
      service(made, 'old', { selector: { app: 'old' }, ports: PORT_80 })
    })
    const unscheduled = cause(made, CLIENT, 'http://web')
    expect(unscheduled).toMatchObject({ code: 'no-endpoints-unscheduled', pod: 'web' })
    expect(unscheduled).toHaveProperty('message', expect.stringContaining('nodes are available'))
    expect(cause(made, CLIENT, 'http://old')).toMatchObject({
      code: 'no-endpoints-held-up',
      why: expect.stringMatching(/^(ErrImagePull|ImagePullBackOff)$/),
      message: expect.stringContaining('nginx:0.0.0-none'),
    })
  })

  it('is told of a name that no container port has', () => {
    const made = cluster((made) => {
      web(made, { containers: [{ name: 'main', image: 'nginx', ports: [{ name: 'http-api', containerPort: 80 }] }] })
      service(made, 'web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http-aip' }] })
    })
    expect(cause(made, CLIENT, 'http://web')).toMatchObject({
      code: 'no-endpoints-named-port',
      targetPort: 'http-aip',
      ports: 'http-api = 80',
    })
  })
})

describe('endpoints written by hand', () => {
  const slice = (made: TestCluster, address: string, port: object) =>
    made.create(paths.slices, {
      metadata: { name: 'ext-1', labels: { 'kubernetes.io/service-name': 'ext' } },
      addressType: 'IPv4',
      ports: [port],
      endpoints: [{ addresses: [address] }],
    })
  const made = (address: string, port: object) =>
    cluster((made) => {
      web(made)
      service(made, 'ext', { ports: [{ name: 'http', port: 80 }] })
      slice(made, address, port)
    })

  it('lead nowhere, to a closed port, or are called by another name', () => {
    expect(cause(made('10.244.1.99', { name: 'http', port: 80 }), CLIENT, 'http://ext')).toMatchObject({
      code: 'endpoint-address-free',
      service: 'ext',
      address: '10.244.1.99',
    })
    expect(cause(made('192.168.1.3', { name: 'http', port: 81 }), CLIENT, 'http://ext')).toMatchObject({
      code: 'endpoint-port-closed',
      machine: 'node01',
      port: 81,
    })
    expect(cause(made('10.244.1.2', { name: 'web', port: 80 }), CLIENT, 'http://ext')).toMatchObject({
      code: 'no-endpoints-port-name',
      portName: 'http',
      ports: 'web',
    })
  })

  it('are missing', () => {
    const empty = cluster((made) => service(made, 'ext', { ports: PORT_80 }))
    expect(cause(empty, CLIENT, 'http://ext')).toMatchObject({ code: 'no-endpoints-no-selector', service: 'ext' })
  })
})

describe('ports', () => {
  const made = cluster((made) => {
    web(made)
    const ports = [{ port: 80, targetPort: 8080, nodePort: 30080 }]
    service(made, 'web', { type: 'NodePort', clusterIP: '10.96.7.7', selector: { app: 'web' }, ports })
    service(made, 'lb', { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 9090, nodePort: 30090 }] })
  })

  it.each([
    [NODE, 'http://10.96.7.7:8080', { code: 'cluster-ip-target-port', servicePort: 80, port: 8080 }],
    [NODE, 'http://10.96.7.7:30080', { code: 'cluster-ip-node-port', servicePort: 80 }],
    [NODE, 'http://10.96.7.7:81', { code: 'cluster-ip-port-unknown', ports: '80/TCP' }],
    [NODE, 'http://10.96.7.7', { code: 'no-listener-target-port', targetPort: 8080, listening: '80', pod: 'web' }],
    [LAPTOP, 'http://10.96.7.7', { code: 'service-network-not-routed', address: '10.96.7.7' }],
    [LAPTOP, 'http://10.244.1.2', { code: 'pod-network-not-routed', source: 'laptop' }],
    [LAPTOP, 'http://192.168.1.3:80', { code: 'node-port-is-service-port', nodePort: 30080, service: 'web' }],
    [LAPTOP, 'http://192.168.1.3:9090', { code: 'node-port-is-service-port', nodePort: 30090, service: 'lb' }],
    [LAPTOP, 'http://192.168.1.3:30081', { code: 'node-port-other', nodePorts: '30090 (lb), 30080 (web)' }],
    [LAPTOP, 'http://192.168.1.77', { code: 'address-not-on-network' }],
  ] as const)('%o to %s', (from, url, expected) => {
    expect(cause(made, from, url)).toMatchObject(expected)
  })

  it('of load balancers without a provider are reached by node ports only', () => {
    const bare = cluster(
      (made) => service(made, 'lb', { type: 'LoadBalancer', ports: [{ port: 9090, nodePort: 30090 }] }),
      { blueprint: 'no-load-balancer' },
    )
    expect(cause(bare, LAPTOP, 'http://192.168.1.3:9090')).toMatchObject({
      code: 'load-balancer-pending',
      nodePort: 30090,
      service: 'lb',
    })
  })

  it('do not concern ping', () => {
    made.cluster.network.ping(NODE, '10.96.7.7')
    expect(made.cluster.network.lastTrace?.hops.map(({ code }) => code)).toEqual([
      'leaves-source-ping',
      'cluster-ip-not-pingable',
    ])
  })
})

describe('names', () => {
  const made = cluster((made) => {
    web(made)
    made.create(paths.namespaces, { metadata: { name: 'shop' } })
    service(made, 'web', { selector: { app: 'web' }, ports: PORT_80 })
    service(made, 'api', { selector: { app: 'api' }, ports: PORT_80 }, 'shop')
    service(made, 'head', { clusterIP: 'None', selector: { app: 'wbe' }, ports: PORT_80 })
    service(made, 'bare', { clusterIP: 'None', ports: PORT_80 })
    service(made, 'outside', { type: 'ExternalName', externalName: 'no.such.example' })
    service(made, 'number', { type: 'ExternalName', externalName: '93.184.216.34' })
    service(made, 'db', { clusterIP: 'None', selector: { app: 'db' }, ports: PORT_80 })
    made.create('/apis/apps/v1/namespaces/default/statefulsets', {
      metadata: { name: 'db' },
      spec: {
        serviceName: 'database',
        selector: { matchLabels: { app: 'db' } },
        template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'main', image: 'nginx' }] } },
      },
    })
  })

  it.each([
    [CLIENT, 'api', { code: 'dns-service-elsewhere', service: 'api', namespace: 'shop' }],
    [CLIENT, 'web.shop', { code: 'dns-service-elsewhere', service: 'web', namespace: 'default' }],
    [CLIENT, 'web.default.cluster.local', { code: 'dns-full-name', full: 'web.default.svc.cluster.local' }],
    [CLIENT, 'web.default.', { code: 'dns-full-name', service: 'web' }],
    [CLIENT, 'wbe', { code: 'dns-similar-service', service: 'web' }],
    [CLIENT, 'web-svc', { code: 'dns-similar-service', service: 'web' }],
    [CLIENT, 'client.default', { code: 'dns-pod-name', pod: 'client' }],
    [CLIENT, 'db-0.db', { code: 'dns-pod-subdomain', subdomain: 'database' }],
    [CLIENT, 'head', { code: 'no-endpoints-selector-matches-nothing', selector: 'app=wbe' }],
    [CLIENT, 'bare', { code: 'dns-headless-no-selector', service: 'bare' }],
    [CLIENT, 'outside', { code: 'dns-external-name-unknown', externalName: 'no.such.example' }],
    [CLIENT, 'number', { code: 'dns-external-name-address', externalName: '93.184.216.34' }],
    [CLIENT, 'nothing-like-it', { code: 'dns-no-service', service: 'nothing-like-it', namespace: 'default' }],
    [CLIENT, 'basket.shop', { code: 'dns-no-service', service: 'basket', namespace: 'shop' }],
    [CLIENT, 'basket.shpo', { code: 'dns-similar-namespace', namespace: 'shpo', similar: 'shop' }],
    [CLIENT, 'basket.other.svc.cluster.local', { code: 'dns-no-namespace', namespace: 'other' }],
    [CLIENT, 'no.such.example', { code: 'dns-not-found' }],
    [LAPTOP, 'web.default', { code: 'dns-cluster-name-outside', source: 'laptop' }],
  ] as const)('%o asks for %s', (from, name, expected) => {
    expect(cause(made, from, `http://${name}`)).toMatchObject(expected)
  })

  it('of the outside go through the search list first', () => {
    made.cluster.network.fetch(CLIENT, 'http://example.com')
    expect(made.cluster.network.lastTrace?.hops[0]).toMatchObject({
      verdict: 'pass',
      code: 'dns-searched',
      params: {
        ndots: 5,
        tried: 'example.com.default.svc.cluster.local, example.com.svc.cluster.local, example.com.cluster.local',
      },
    })
  })

  it('need CoreDNS, and an egress policy that lets questions out', () => {
    const away = cluster((made) => {
      service(made, 'web', { selector: { app: 'web' }, ports: PORT_80 })
      made.patch('/apis/apps/v1/namespaces/kube-system/deployments/coredns', { spec: { replicas: 0 } })
    })
    expect(cause(away, CLIENT, 'http://web')).toEqual({ code: 'dns-server-gone', service: 'kube-system/kube-dns' })
    const mute = cluster((made) => {
      service(made, 'web', { selector: { app: 'web' }, ports: PORT_80 })
      const spec = { podSelector: {}, policyTypes: ['Egress'] }
      made.create(policies, { metadata: { name: 'deny' }, spec })
    })
    expect(cause(mute, CLIENT, 'http://web')).toMatchObject({
      code: 'policy-egress-dns',
      policies: 'deny',
      pod: 'client',
    })
  })
})

describe('nodes', () => {
  const made = (fields: object = {}) =>
    cluster((made) => {
      web(made, { nodeName: 'node02' })
      const ports = [{ port: 80, nodePort: 30080 }]
      service(made, 'web', { type: 'LoadBalancer', clusterIP: '10.96.7.9', selector: { app: 'web' }, ports, ...fields })
    })

  it('without a Pod of the Service drop what is Local', () => {
    const local = made({ externalTrafficPolicy: 'Local' })
    expect(cause(local, LAPTOP, 'http://192.168.1.3:30080')).toMatchObject({
      code: 'no-local-endpoints',
      policy: 'externalTrafficPolicy',
      node: 'node01',
      nodes: 'node02',
    })
  })

  it('keep to the ranges of a load balancer', () => {
    const ranged = made({ loadBalancerSourceRanges: ['10.0.0.0/8'] })
    const { status } = ranged.get<{ status: { loadBalancer: { ingress: readonly { ip: string }[] } } }>(
      `${paths.services}/web`,
    )
    expect(cause(ranged, LAPTOP, `http://${status.loadBalancer.ingress[0]?.ip}`)).toMatchObject({
      code: 'load-balancer-source-denied',
      ranges: '10.0.0.0/8',
      sourceAddress: '192.168.1.10',
    })
  })

  it('that are switched off answer nobody, and neither do their Pods', () => {
    const off = made()
    off.cluster.setPower('node02', false)
    expect(cause(off, LAPTOP, 'http://192.168.1.4:30080')).toMatchObject({ code: 'machine-off', machine: 'node02' })
    expect(cause(off, NODE, 'http://10.96.7.9')).toMatchObject({ code: 'machine-off', machine: 'node02' })
  })
})

describe('network policies', () => {
  const guarded = (from: readonly object[], ports?: readonly object[]) =>
    cluster((made) => {
      web(made)
      made.create(paths.namespaces, { metadata: { name: 'other', labels: { team: 'a' } } })
      made.create('/api/v1/namespaces/other/pods', podManifest('guest', {}, { role: 'frontend' }))
      service(made, 'web', { selector: { app: 'web' }, ports: PORT_80, clusterIP: '10.96.7.8' })
      const ingress = [{ from, ...(ports && { ports }) }]
      made.create(policies, {
        metadata: { name: 'guard' },
        spec: { podSelector: { matchLabels: { app: 'web' } }, ingress },
      })
    })
  const guest: Place = { kind: 'pod', namespace: 'other', name: 'guest' }
  const frontend = { podSelector: { matchLabels: { role: 'frontend' } } }
  const teamB = { namespaceSelector: { matchLabels: { team: 'b' } } }

  it.each([
    ['a Pod that is not meant', [frontend], undefined, CLIENT, 'policy-ingress-peer'],
    ['the right labels in another namespace', [frontend], undefined, guest, 'policy-ingress-namespace'],
    ['one of two selectors', [{ ...frontend, ...teamB }], undefined, guest, 'policy-ingress-both'],
    ['another port', [{ podSelector: {} }], [{ port: 8080 }], CLIENT, 'policy-ingress-port'],
  ] as const)('name %s', (_, from, ports, place, code) => {
    expect(cause(guarded(from, ports), place, 'http://10.96.7.8')).toMatchObject({
      code,
      policies: 'guard',
      pod: 'web',
    })
  })
})
