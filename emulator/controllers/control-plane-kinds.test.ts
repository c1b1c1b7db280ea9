import { expect, it } from 'vitest'
import type { FlowSchema, IPAddress, Pod, Service, ServiceCIDR } from '../generated/types.ts'
import { paths, podManifest, testCluster } from '../testing/test-cluster.ts'

const networking = '/apis/networking.k8s.io/v1'
const flow = '/apis/flowcontrol.apiserver.k8s.io/v1'

it('keeps an IPAddress for each cluster IP', () => {
  const { create, find, get, remove, settle } = testCluster()
  create(paths.services, { metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } })
  create(paths.services, { metadata: { name: 'headless' }, spec: { clusterIP: 'None', ports: [{ port: 80 }] } })
  settle()
  const path = `${networking}/ipaddresses/${get<Service>(`${paths.services}/web`).spec?.clusterIP}`
  expect(get<IPAddress>(path).spec).toEqual({ parentRef: { resource: 'services', namespace: 'default', name: 'web' } })
  remove(path)
  settle()
  expect(find(path)).toBeDefined()
  remove(`${paths.services}/web`)
  settle()
  expect(find(path)).toBeUndefined()
})

it('holds a range of cluster IPs while it is used', () => {
  const { create, find, get, remove, settle } = testCluster()
  create(`${networking}/servicecidrs`, { metadata: { name: 'more' }, spec: { cidrs: ['10.200.0.0/24'] } })
  settle()
  remove(`${networking}/servicecidrs/kubernetes`)
  remove(`${networking}/servicecidrs/more`)
  settle()
  expect(find(`${networking}/servicecidrs/more`)).toBeUndefined()
  expect(get<ServiceCIDR>(`${networking}/servicecidrs/kubernetes`).status?.conditions?.[0]).toMatchObject({
    type: 'Ready',
    status: 'False',
    reason: 'Terminating',
  })
})

it('tells which flow schemas point nowhere', () => {
  const { create, get, remove, settle } = testCluster()
  const dangling = (name: string) => get<FlowSchema>(`${flow}/flowschemas/${name}`).status?.conditions?.[0]?.status
  expect(dangling('global-default')).toBe('False')
  create(`${flow}/flowschemas`, { metadata: { name: 'x' }, spec: { priorityLevelConfiguration: { name: 'none' } } })
  remove(`${flow}/prioritylevelconfigurations/global-default`)
  settle()
  expect([dangling('x'), dangling('global-default')]).toEqual(['True', 'True'])
})

it('reads ComponentStatuses and nothing else', () => {
  const { cluster, list } = testCluster()
  expect(list('/api/v1/componentstatuses')).toHaveLength(3)
  for (const method of ['DELETE', 'PUT', 'PATCH'] as const)
    expect(cluster.request({ method, path: '/api/v1/componentstatuses/scheduler', body: '{}' }).status).toBe(405)
  expect(cluster.request({ method: 'POST', path: '/api/v1/componentstatuses', body: '{}' }).status).toBe(405)
})

it('binds a Pod through a Binding that names it', () => {
  const { cluster, create, get } = testCluster()
  create(paths.pods, podManifest('p', { schedulerName: 'mine' }))
  const body = JSON.stringify({ metadata: { name: 'p' }, target: { kind: 'Node', name: 'node02' } })
  expect(cluster.request({ method: 'POST', path: '/api/v1/namespaces/default/bindings', body }).status).toBe(201)
  expect(get<Pod>(`${paths.pods}/p`).spec?.nodeName).toBe('node02')
  expect(cluster.request({ method: 'GET', path: '/api/v1/namespaces/default/bindings' }).status).toBe(405)
})

it('answers what others may do', () => {
  const { cluster } = testCluster()
  const ask = (path: string, spec: object, metadata: object = {}) =>
    cluster.request({ method: 'POST', path, body: JSON.stringify({ metadata, spec }) })
  const resourceAttributes = { verb: 'get', resource: 'pods', namespace: 'default' }
  const anybody = '/apis/authorization.k8s.io/v1/subjectaccessreviews'
  expect(ask(anybody, { user: 'eve', resourceAttributes }).body).toMatchObject({ status: { allowed: false } })
  expect(ask(anybody, { groups: ['system:masters'], resourceAttributes }).body).toMatchObject({
    status: { allowed: true },
  })
  expect(ask(anybody, { resourceAttributes }).body).toMatchObject({
    message:
      'SubjectAccessReview.authorization.k8s.io "" is invalid: spec.user: Invalid value: "": at least one of user or group must be specified',
  })
  const local = '/apis/authorization.k8s.io/v1/namespaces/default/localsubjectaccessreviews'
  expect(ask(local, { user: 'eve', resourceAttributes }, { namespace: 'default' }).status).toBe(201)
  expect(
    ask(local, { user: 'eve', resourceAttributes: { ...resourceAttributes, namespace: 'x' } }, { namespace: 'default' })
      .body,
  ).toMatchObject({ message: 'spec.resourceAttributes.namespace must match namespace: default' })
})

it('tells whose token it is', () => {
  const { cluster } = testCluster()
  const post = (path: string, spec: object) =>
    cluster.request({ method: 'POST', path, body: JSON.stringify({ spec }) }).body
  const made = post('/api/v1/namespaces/default/serviceaccounts/default/token', { audiences: ['vault'] })
  const { token } = (made as { readonly status: { readonly token: string } }).status
  const reviews = '/apis/authentication.k8s.io/v1/tokenreviews'
  expect(post(reviews, { token, audiences: ['vault'] })).toMatchObject({
    status: { authenticated: true, audiences: ['vault'], user: { username: 'system:serviceaccount:default:default' } },
  })
  expect(post(reviews, { token })).toMatchObject({ status: { user: {}, error: 'invalid bearer token' } })
  expect(post(reviews, {})).toMatchObject({ message: 'token is required for TokenReview in authentication' })
})
