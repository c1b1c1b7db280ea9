import { expect, it } from 'vitest'
import type { Pod } from '../generated/types.ts'
import { paths, testCluster } from '../testing/test-cluster.ts'

const file = '/etc/kubernetes/manifests/web.yaml'
const manifest = (image: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: {role: static}\nspec:\n  containers:\n  - name: web\n    image: ${image}\n`

it('runs what lies in a manifest folder, and nothing else', () => {
  const test = testCluster()
  const files = test.cluster.machine('node01')?.files
  files?.write(file, manifest('nginx'))
  test.settle()
  const path = `${paths.pods}/web-node01`
  const pod = test.get<Pod>(path)
  expect(pod).toMatchObject({
    metadata: { labels: { role: 'static' }, ownerReferences: [{ kind: 'Node', name: 'node01' }] },
    spec: { nodeName: 'node01', tolerations: expect.arrayContaining([{ effect: 'NoExecute', operator: 'Exists' }]) },
    status: { phase: 'Running' },
  })
  test.remove(path)
  test.settle(60)
  expect(test.get<Pod>(path).metadata?.uid).not.toBe(pod.metadata?.uid)
  files?.write(file, manifest('nginx:1.27'))
  test.settle(60)
  expect(test.get<Pod>(path)).toMatchObject({
    spec: { containers: [{ image: 'nginx:1.27' }] },
    status: { phase: 'Running' },
  })
  files?.write(file, 'kind: [not yaml')
  test.settle(60)
  expect(test.find(path)).toBeUndefined()
  files?.remove(file)
  test.settle()
  expect(test.list<Pod>('/api/v1/namespaces/kube-system/pods').length).toBeGreaterThanOrEqual(9)
})
