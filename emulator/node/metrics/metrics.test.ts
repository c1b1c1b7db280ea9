import { expect, it } from 'vitest'
import type { Deployment, V2HorizontalPodAutoscaler } from '../../generated/types.ts'
import { paths, type TestCluster, testCluster } from '../../testing/test-cluster.ts'

const metrics = '/apis/metrics.k8s.io/v1beta1'
const deployments = (namespace: string) => `/apis/apps/v1/namespaces/${namespace}/deployments`
const autoscaler = '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers'

/** As the project's own manifest installs it; a kubeadm cluster needs one more argument. */
function install({ create }: TestCluster, args: readonly string[] = ['--kubelet-insecure-tls']): void {
  const labels = { 'k8s-app': 'metrics-server' }
  const place = { name: 'metrics-server', namespace: 'kube-system' }
  const probe = { httpGet: { path: '/readyz', port: 'https', scheme: 'HTTPS' }, initialDelaySeconds: 20 }
  const container = {
    name: 'metrics-server',
    image: 'registry.k8s.io/metrics-server/metrics-server:v0.8.0',
    args: ['--secure-port=10250', ...args],
    ports: [{ name: 'https', containerPort: 10250 }],
    readinessProbe: probe,
  }
  create('/api/v1/namespaces/kube-system/services', {
    metadata: place,
    spec: { selector: labels, ports: [{ port: 443, targetPort: 'https' }] },
  })
  create(deployments('kube-system'), {
    metadata: place,
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } } },
  })
  create('/apis/apiregistration.k8s.io/v1/apiservices', {
    metadata: { name: 'v1beta1.metrics.k8s.io' },
    spec: {
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      insecureSkipTLSVerify: true,
      service: place,
    },
  })
}

const status = ({ cluster }: TestCluster, path: string) => cluster.request({ method: 'GET', path }).status

it('serves what nodes and Pods use once a metrics server is ready', () => {
  const test = testCluster()
  expect(status(test, `${metrics}/nodes`)).toBe(404)
  install(test)
  test.cluster.run(5000)
  expect(status(test, `${metrics}/nodes`)).toBe(503)
  test.cluster.run(60_000)
  expect(test.get(`${metrics}/nodes/node01`)).toMatchObject({
    kind: 'NodeMetrics',
    metadata: { name: 'node01' },
    usage: { cpu: expect.stringMatching(/^\d+n$/), memory: expect.stringMatching(/^\d+Ki$/) },
  })
  expect(test.list(`${metrics}/namespaces/kube-system/pods`).length).toBeGreaterThan(5)
})

it('is never ready without the argument that lets it trust kubelets', () => {
  const test = testCluster()
  install(test, [])
  test.cluster.run(120_000)
  expect(status(test, `${metrics}/nodes`)).toBe(503)
})

it('lets an autoscaler follow the load, up at once and down after five minutes', () => {
  const test = testCluster()
  install(test)
  const labels = { app: 'php' }
  const resources = { requests: { cpu: '200m' }, limits: { cpu: '500m' } }
  const containers = [{ name: 'main', image: 'registry.k8s.io/hpa-example', resources }]
  test.create(paths.deployments, {
    metadata: { name: 'php' },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  })
  test.create(autoscaler, {
    metadata: { name: 'php' },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'php' }, maxReplicas: 5 },
  })
  const replicas = () => test.get<Deployment>(`${paths.deployments}/php`).spec?.replicas
  test.cluster.run(90_000)
  expect(replicas()).toBe(1)
  const ask = (address: string | undefined) =>
    test.cluster.network.fetch({ kind: 'machine', name: 'node01' }, `http://${address}/`)
  const [first] = test.pods()
  for (let second = 0; second < 60; second++) {
    for (let request = 0; request < 40; request++) ask(first?.status?.podIP)
    test.cluster.run(1000)
  }
  expect(replicas()).toBeGreaterThan(1)
  const { conditions = [] } = test.get<V2HorizontalPodAutoscaler>(`${autoscaler}/php`).status ?? {}
  expect(conditions.map(({ type }) => type)).toEqual(['AbleToScale', 'ScalingActive', 'ScalingLimited'])
  test.cluster.run(600_000)
  expect(replicas()).toBe(1)
})
