import { expect, it } from 'vitest'
import { testCluster } from '../testing/test-cluster.ts'

it('Ingresses of networking.k8s.io/v1beta1 and extensions/v1beta1 are not there any more', () => {
  const { cluster } = testCluster()
  for (const group of ['networking.k8s.io', 'extensions']) {
    const path = `/apis/${group}/v1beta1/namespaces/default/ingresses`
    const body = JSON.stringify({ apiVersion: `${group}/v1beta1`, kind: 'Ingress', metadata: { name: 'web' } })
    const headers = { 'content-type': 'application/json' }
    const answer = cluster.request({ method: 'POST', path, headers, body })
    expect(answer.status).toBe(404)
  }
})
