import { loadAll } from 'js-yaml'
import { expect, it, test } from 'vitest'
import { testCluster } from '../../testing/test-cluster.ts'
import { documentAt, redirectOf } from './index.ts'
import { deploymentExamples } from './kubernetes-examples/deployments.ts'
import { podExamples } from './kubernetes-examples/pods.ts'
import { serviceExamples } from './kubernetes-examples/services.ts'

const { cluster } = testCluster()
const laptop = { kind: 'machine', name: 'laptop' } as const
const get = (url: string) => cluster.network.fetch(laptop, url).response

const examples = [...serviceExamples, ...deploymentExamples, ...podExamples].map(({ address }) => String(address))

test.each(examples)('https://%s can be applied', (address) => {
  const objects = loadAll(documentAt(address) ?? '') as { readonly apiVersion: string; readonly kind: string }[]
  expect(objects.length).toBeGreaterThan(0)
  for (const object of objects) {
    const kind = cluster.kinds.find((one) => one.kind === object.kind)
    const root = kind?.group ? `/apis/${kind.group}/${kind.version}` : '/api/v1'
    const { status, body } = cluster.request({
      method: 'POST',
      path: `${root}/namespaces/default/${kind?.plural}`,
      headers: { 'content-type': 'application/json' },
      query: { dryRun: 'All', fieldValidation: 'Strict' },
      body: JSON.stringify(object),
    })
    expect({ status, body }).toMatchObject({ status: 201 })
  }
})

it('hosts send on as the real ones do', () => {
  expect(redirectOf('k8s.io/examples/pods/simple-pod.yaml')).toBe('https://kubernetes.io/examples/pods/simple-pod.yaml')
  expect(redirectOf('github.com/a/b/raw/main/c.yaml')).toBe('https://raw.githubusercontent.com/a/b/main/c.yaml')
  const release = 'https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.6.1/standard-install.yaml'
  const sent = get(release)
  expect(sent?.status).toBe(302)
  const location = sent?.headers.find(([name]) => name === 'Location')?.[1] ?? ''
  const definitions = loadAll(get(location)?.body ?? '') as { readonly kind: string }[]
  expect(definitions.map(({ kind }) => kind)).toEqual(Array(10).fill('CustomResourceDefinition'))
})

it('installs the metrics server by its newest release, which then measures once it trusts the kubelets', () => {
  const test = testCluster()
  const newest = 'https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml'
  expect(redirectOf(newest.slice(8))).toBe(
    'https://github.com/kubernetes-sigs/metrics-server/releases/download/v0.8.1/components.yaml',
  )
  const text = documentAt('github.com/kubernetes-sigs/metrics-server/releases/download/v0.8.1/components.yaml') ?? ''
  const objects = loadAll(
    text.replace('- --metric-resolution=15s', '- --metric-resolution=15s\n            - --kubelet-insecure-tls'),
  )
  expect(objects).toHaveLength(9)
  for (const object of objects as { apiVersion: string; kind: string; metadata: { namespace?: string } }[]) {
    const kind = test.cluster.kinds.find((one) => one.kind === object.kind)
    const root = kind?.group ? `/apis/${kind.group}/${kind.version}` : '/api/v1'
    const namespace = object.metadata.namespace ? `/namespaces/${object.metadata.namespace}` : ''
    test.create(`${root}${namespace}/${kind?.plural}`, object)
  }
  test.cluster.run(60_000)
  expect(test.list('/apis/metrics.k8s.io/v1beta1/nodes')).toHaveLength(3)
})

it('what is not there is not found', () => {
  expect(get('https://raw.githubusercontent.com/a/b/main/c.yaml')?.status).toBe(404)
  expect(get('https://kubernetes.io/examples/none.yaml')?.status).toBe(404)
  expect(get('https://github.com/a/b/releases/download/v1/c.yaml')?.status).toBe(404)
  expect(get('https://github.com/a/b/releases/latest/download/c.yaml')?.status).toBe(404)
  expect(cluster.network.fetch(laptop, 'https://none.example.test/').outcome).toBe('unresolved')
})
