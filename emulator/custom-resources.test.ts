import { expect, it } from 'vitest'
import type { APIResourceList, CustomResourceDefinition } from './generated/types.ts'
import { createCluster, restoreCluster } from './index.ts'
import { around, testCluster, testStart } from './testing/test-cluster.ts'

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const CRONTABS = '/apis/stable.example.com/v1/namespaces/default/crontabs'
const schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['cronSpec'],
      properties: {
        cronSpec: { type: 'string' },
        replicas: { type: 'integer', minimum: 0, maximum: 10, default: 1 },
        color: { type: 'string' },
        ports: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
          items: {
            type: 'object',
            required: ['name'],
            properties: { name: { type: 'string' }, port: { type: 'integer' } },
          },
        },
      },
    },
    status: {
      type: 'object',
      properties: { replicas: { type: 'integer' }, selector: { type: 'string' } },
    },
  },
}

const version = (name: string, storage: boolean) => ({
  name,
  served: true,
  storage,
  schema: { openAPIV3Schema: schema },
  subresources: {
    status: {},
    scale: {
      specReplicasPath: '.spec.replicas',
      statusReplicasPath: '.status.replicas',
      labelSelectorPath: '.status.selector',
    },
  },
  selectableFields: [{ jsonPath: '.spec.color' }],
  additionalPrinterColumns: [
    { name: 'Spec', type: 'string', jsonPath: '.spec.cronSpec' },
    { name: 'Replicas', type: 'integer', jsonPath: '.spec.replicas', priority: 1 },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
})

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'crontabs.stable.example.com' },
  spec: {
    group: 'stable.example.com',
    scope: 'Namespaced',
    names: { plural: 'crontabs', kind: 'CronTab', shortNames: ['ct'], categories: ['all'] },
    versions: [version('v1', true), version('v1beta1', false)],
  },
}

const crontab = (name: string, spec: object = {}) => ({
  apiVersion: 'stable.example.com/v1',
  kind: 'CronTab',
  metadata: { name },
  spec: { cronSpec: '* * * * *', ...spec },
})

interface CronTab {
  readonly apiVersion: string
  readonly metadata: { readonly generation: number; readonly resourceVersion: string }
  readonly spec: { readonly replicas: number; readonly [field: string]: unknown }
  readonly status?: unknown
}

function withDefinition() {
  const test = testCluster()
  test.create(CRDS, definition)
  test.settle(1)
  return test
}

const json = { 'content-type': 'application/json' }

it('a definition is established, and its kind discovered in every version, the preferred one first', () => {
  const test = withDefinition()
  const { status, spec } = test.get<CustomResourceDefinition>(`${CRDS}/crontabs.stable.example.com`)
  expect(spec.names.listKind).toBe('CronTabList')
  expect(status?.storedVersions).toEqual(['v1'])
  expect(status?.conditions?.map(({ type, status: is, reason }) => `${type} ${is} ${reason}`)).toEqual([
    'NamesAccepted True NoConflicts',
    'Established True InitialNamesAccepted',
  ])
  const group = test.get<{ versions: readonly { version: string }[] }>('/apis/stable.example.com')
  expect(group.versions.map((one) => one.version)).toEqual(['v1', 'v1beta1'])
  const { resources } = test.get<APIResourceList>('/apis/stable.example.com/v1')
  expect(resources.map(({ name }) => name)).toEqual(['crontabs', 'crontabs/scale', 'crontabs/status'])
  expect(resources[0]).toMatchObject({ shortNames: ['ct'], categories: ['all'], singularName: 'crontab' })
})

it('a name that is taken in the group is not accepted, until it is given up', () => {
  const test = withDefinition()
  const other = {
    ...definition,
    metadata: { name: 'others.stable.example.com' },
    spec: { ...definition.spec, names: { plural: 'others', kind: 'CronTab' } },
  }
  test.create(CRDS, other)
  test.settle(1)
  const condition = () =>
    test
      .get<CustomResourceDefinition>(`${CRDS}/others.stable.example.com`)
      .status?.conditions?.find(({ type }) => type === 'NamesAccepted')
  expect(condition()).toMatchObject({ status: 'False', reason: 'ListKindConflict' })
  expect(test.find('/apis/stable.example.com/v1/others')).toBeUndefined()
  test.remove(`${CRDS}/crontabs.stable.example.com`)
  test.settle(1)
  expect(condition()).toMatchObject({ status: 'True', reason: 'NoConflicts' })
})

it('objects are defaulted, pruned with a warning, and refused in strict words', () => {
  const { cluster } = withDefinition()
  const body = JSON.stringify(crontab('a', { odd: 1 }))
  const warned = cluster.request({ method: 'POST', path: CRONTABS, headers: json, body })
  expect(warned.status).toBe(201)
  expect(warned.warnings).toEqual(['unknown field "spec.odd"'])
  expect((warned.body as CronTab).spec).toEqual({ cronSpec: '* * * * *', replicas: 1 })
  const strict = cluster.request({
    method: 'POST',
    path: CRONTABS,
    headers: json,
    body: JSON.stringify(crontab('b', { odd: 1 })),
    query: { fieldValidation: 'Strict' },
  })
  expect(strict.body).toMatchObject({
    code: 400,
    message: 'CronTab in version "v1" cannot be handled as a CronTab: strict decoding error: unknown field "spec.odd"',
  })
})

it('every version shows the one object', () => {
  const test = withDefinition()
  test.create('/apis/stable.example.com/v1beta1/namespaces/default/crontabs', {
    ...crontab('a'),
    apiVersion: 'stable.example.com/v1beta1',
  })
  expect(test.get<CronTab>(`${CRONTABS}/a`).apiVersion).toBe('stable.example.com/v1')
  const beta = test.list<CronTab>('/apis/stable.example.com/v1beta1/crontabs')
  expect(beta.map(({ apiVersion }) => apiVersion)).toEqual(['stable.example.com/v1beta1'])
})

it('status and scale are apart, and generations count changes of what is wanted', () => {
  const test = withDefinition()
  test.create(CRONTABS, { ...crontab('a'), status: { replicas: 9 } })
  expect(test.get<CronTab>(`${CRONTABS}/a`).status).toBeUndefined()
  test.patch(`${CRONTABS}/a/status`, { spec: { replicas: 7 }, status: { replicas: 2, selector: 'app=a' } })
  const shown = test.get<CronTab>(`${CRONTABS}/a`)
  expect(shown.status).toEqual({ replicas: 2, selector: 'app=a' })
  expect(shown.metadata.generation).toBe(1)
  expect(shown.spec.replicas).toBe(1)
  test.patch(`${CRONTABS}/a/scale`, { spec: { replicas: 4 } })
  expect(test.get(`${CRONTABS}/a/scale`)).toMatchObject({
    spec: { replicas: 4 },
    status: { replicas: 2, selector: 'app=a' },
  })
  expect(test.get<CronTab>(`${CRONTABS}/a`).metadata.generation).toBe(2)
})

it('an update names the version that it replaces', () => {
  const test = withDefinition()
  test.create(CRONTABS, crontab('a'))
  const put = (metadata: object) =>
    test.cluster.request({
      method: 'PUT',
      path: `${CRONTABS}/a`,
      headers: json,
      body: JSON.stringify({ ...crontab('a', { replicas: 2 }), metadata: { name: 'a', ...metadata } }),
    })
  expect(put({}).body).toMatchObject({
    message:
      'crontabs.stable.example.com "a" is invalid: metadata.resourceVersion: Invalid value: 0x0: must be specified for an update',
  })
  expect(put({ resourceVersion: test.get<CronTab>(`${CRONTABS}/a`).metadata.resourceVersion }).status).toBe(200)
})

it('takes merge and JSON patches, no strategic ones, and applies keyed lists item by item', () => {
  const test = withDefinition()
  test.create(CRONTABS, crontab('a'))
  const patch = (type: string, body: unknown, query: { [name: string]: string } = {}) =>
    test.cluster.request({
      method: 'PATCH',
      path: `${CRONTABS}/a`,
      headers: { 'content-type': type },
      body: JSON.stringify(body),
      query,
    })
  expect(patch('application/strategic-merge-patch+json', {}).body).toMatchObject({ code: 415 })
  expect(patch('application/json-patch+json', [{ op: 'add', path: '/spec/color', value: 'red' }]).status).toBe(200)
  const apply = (manager: string, ports: readonly object[]) => {
    const { apiVersion, kind, metadata } = crontab('a')
    const body = { apiVersion, kind, metadata, spec: { ports } }
    return patch('application/apply-patch+yaml', body, { fieldManager: manager })
  }
  expect(apply('one', [{ name: 'http', port: 80 }]).status).toBe(200)
  expect(apply('two', [{ name: 'https', port: 443 }]).status).toBe(200)
  expect(apply('two', [{ name: 'http', port: 81 }]).body).toMatchObject({
    message: 'Apply failed with 1 conflict: conflict with "one": .spec.ports[name="http"].port',
  })
  expect(test.get<CronTab>(`${CRONTABS}/a`).spec.ports).toEqual([
    { name: 'http', port: 80 },
    { name: 'https', port: 443 },
  ])
})

it('is listed as a Table, and by the fields that its definition names', () => {
  const test = withDefinition()
  test.create(CRONTABS, crontab('a', { color: 'red' }))
  test.create(CRONTABS, crontab('b', { color: 'blue' }))
  const { body } = test.cluster.request({
    method: 'GET',
    path: CRONTABS,
    headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
    query: { fieldSelector: 'spec.color=red' },
  })
  expect(body).toMatchObject({
    columnDefinitions: [
      { name: 'Name', priority: 0 },
      { name: 'Spec', priority: 0 },
      { name: 'Replicas', type: 'integer', priority: 1 },
      { name: 'Age', type: 'date' },
    ],
    rows: [{ cells: ['a', '* * * * *', 1, '0s'] }],
  })
  const other = test.cluster.request({ method: 'GET', path: CRONTABS, query: { fieldSelector: 'spec.replicas=1' } })
  expect(other.body).toMatchObject({ code: 400, message: 'field label not supported: spec.replicas' })
})

it('goes with its definition, its namespace and its owner', () => {
  const test = withDefinition()
  test.create('/api/v1/namespaces', { metadata: { name: 'n' } })
  test.create('/apis/stable.example.com/v1/namespaces/n/crontabs', crontab('a'))
  test.remove('/api/v1/namespaces/n')
  test.settle(5)
  expect(test.find('/api/v1/namespaces/n')).toBeUndefined()

  test.create(CRONTABS, crontab('owner'))
  const owner = test.get<{ metadata: { uid: string } }>(`${CRONTABS}/owner`)
  const reference = { apiVersion: 'stable.example.com/v1', kind: 'CronTab', name: 'owner', uid: owner.metadata.uid }
  test.create('/api/v1/namespaces/default/configmaps', { metadata: { name: 'owned', ownerReferences: [reference] } })
  test.remove(`${CRONTABS}/owner`)
  test.settle(5)
  expect(test.find('/api/v1/namespaces/default/configmaps/owned')).toBeUndefined()

  test.create(CRONTABS, { ...crontab('held'), metadata: { name: 'held', finalizers: ['example.com/hold'] } })
  test.remove(`${CRDS}/crontabs.stable.example.com`)
  test.settle(5)
  const terminating = test.get<CustomResourceDefinition>(`${CRDS}/crontabs.stable.example.com`)
  expect(terminating.status?.conditions?.find(({ type }) => type === 'Terminating')).toMatchObject({
    status: 'True',
    reason: 'InstanceDeletionInProgress',
  })
  const refused = test.cluster.request({
    method: 'POST',
    path: CRONTABS,
    headers: json,
    body: JSON.stringify(crontab('new')),
  })
  expect(refused.status).toBe(405)
  test.patch(`${CRONTABS}/held`, { metadata: { finalizers: null } })
  test.settle(5)
  expect(test.find(`${CRDS}/crontabs.stable.example.com`)).toBeUndefined()
  expect(test.find('/apis/stable.example.com')).toBeUndefined()
})

it('one cluster knows nothing of the kinds of another, and a snapshot knows all of its own', () => {
  const test = withDefinition()
  test.create(CRONTABS, crontab('a'))
  expect(testCluster().find(CRONTABS)).toBeUndefined()
  const again = around(restoreCluster(JSON.parse(JSON.stringify(test.cluster.snapshot()))))
  expect(again.list(CRONTABS)).toHaveLength(1)
  again.create(CRONTABS, crontab('b'))
  expect(test.list(CRONTABS)).toHaveLength(1)
  expect(createCluster({ seed: 'x', startTime: testStart }).kinds.some(({ kind }) => kind === 'CronTab')).toBe(false)
})

it('an autoscaler holds its scale within limits', () => {
  const test = withDefinition()
  test.create(CRONTABS, crontab('a', { replicas: 9 }))
  test.create('/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers', {
    metadata: { name: 'a' },
    spec: { scaleTargetRef: { apiVersion: 'stable.example.com/v1', kind: 'CronTab', name: 'a' }, maxReplicas: 4 },
  })
  test.settle(40)
  expect(test.get<CronTab>(`${CRONTABS}/a`).spec.replicas).toBe(4)
})
