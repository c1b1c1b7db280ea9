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

it('what is not there is not found', () => {
  expect(get('https://raw.githubusercontent.com/a/b/main/c.yaml')?.status).toBe(404)
  expect(get('https://kubernetes.io/examples/none.yaml')?.status).toBe(404)
  expect(cluster.network.fetch(laptop, 'https://none.example.test/').outcome).toBe('unresolved')
})
