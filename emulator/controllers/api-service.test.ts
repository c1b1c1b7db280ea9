import { expect, it } from 'vitest'
import type { APIService } from '../generated/types.ts'
import { testCluster } from '../testing/test-cluster.ts'

const ROOT = '/apis/apiregistration.k8s.io/v1/apiservices'
const METRICS = 'v1beta1.metrics.k8s.io'

const registration = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: METRICS },
  spec: {
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    groupPriorityMinimum: 100,
    versionPriority: 100,
    insecureSkipTLSVerify: true,
    service: { name: 'metrics-server', namespace: 'kube-system' },
  },
}

const labels = { 'k8s-app': 'metrics-server' }
const SERVICES = '/api/v1/namespaces/kube-system/services'
const service = (port: number, name?: string) => ({
  metadata: { name: 'metrics-server' },
  spec: { selector: labels, ports: [{ port, targetPort: 10250, ...(name && { name }) }] },
})

function withRegistration() {
  const test = testCluster()
  test.create(ROOT, registration)
  test.settle(2)
  const condition = () => test.get<APIService>(`${ROOT}/${METRICS}`).status?.conditions?.[0]
  return { test, condition }
}

it('says why an API cannot be reached, and answers 503 for it', () => {
  const { test, condition } = withRegistration()
  expect(condition()).toMatchObject({
    status: 'False',
    reason: 'ServiceNotFound',
    message: 'service/metrics-server in "kube-system" is not present',
  })
  const { status, body } = test.cluster.request({ method: 'GET', path: '/apis/metrics.k8s.io/v1beta1/nodes' })
  expect(status).toBe(503)
  expect(body).toMatchObject({ reason: 'ServiceUnavailable' })

  test.create(SERVICES, service(80))
  test.settle(2)
  expect(condition()).toMatchObject({
    reason: 'ServicePortError',
    message: 'service/metrics-server in "kube-system" is not listening on port 443',
  })
  test.remove(`${SERVICES}/metrics-server`)
  test.create(SERVICES, service(443, 'https'))
  test.settle(2)
  expect(condition()?.reason).toMatch(/^(EndpointsNotFound|MissingEndpoints)$/)
})

it('discovery names what does not answer, without its resources', () => {
  const { test } = withRegistration()
  const { body } = test.cluster.request({
    method: 'GET',
    path: '/apis',
    headers: { accept: 'application/json;as=APIGroupDiscoveryList;v=v2;g=apidiscovery.k8s.io' },
  })
  const { items } = body as { readonly items: readonly { readonly metadata: { readonly name: string } }[] }
  expect(items.find(({ metadata }) => metadata.name === 'metrics.k8s.io')).toMatchObject({
    versions: [{ version: 'v1beta1', freshness: 'Stale' }],
  })
})

it('a server of another API is found out', () => {
  const { test, condition } = withRegistration()
  const container = { name: 'web', image: 'nginx', ports: [{ containerPort: 80 }] }
  test.create('/api/v1/namespaces/kube-system/pods', {
    metadata: { name: 'web', labels },
    spec: { containers: [container] },
  })
  test.create(SERVICES, service(443))
  test.settle()
  expect(condition()).toMatchObject({ status: 'False', reason: 'FailedDiscoveryCheck' })
})

it('every version of a group has one, and those of definitions come and go', () => {
  const { test } = withRegistration()
  const names = () => test.list<APIService>(ROOT).map(({ metadata }) => metadata?.name)
  expect(names()).toEqual(
    expect.arrayContaining(['v1.', 'v1.apps', 'v1.networking.k8s.io', 'v1.gateway.networking.k8s.io']),
  )
  const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
  test.create(crds, {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'as.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Cluster',
      names: { plural: 'as', kind: 'A' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  })
  test.settle(2)
  expect(names()).toContain('v1.example.com')
  test.remove(`${crds}/as.example.com`)
  test.settle(2)
  expect(names()).not.toContain('v1.example.com')
})
