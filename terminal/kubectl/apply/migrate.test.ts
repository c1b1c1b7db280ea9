import { expect, test } from 'vitest'
import type { KubeObject } from '../../../emulator/index.ts'
import { migrateOwnership } from './migrate.ts'

const LAST = 'kubectl.kubernetes.io/last-applied-configuration'
const PATH = '/api/v1/namespaces/default/configmaps/web'

const clientSide = {
  manager: 'kubectl-client-side-apply',
  operation: 'Update',
  fieldsV1: { 'f:data': { 'f:b': {} }, 'f:metadata': { 'f:annotations': { [`f:${LAST}`]: {} } } },
}
const applier = { manager: 'kubectl', operation: 'Apply', fieldsV1: { 'f:data': { 'f:a': {} } } }

const object = (...managedFields: readonly object[]): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'web', resourceVersion: '7', annotations: { [LAST]: '{}' }, managedFields },
})

function migrate(before: KubeObject) {
  const sent: { contentType?: string | undefined; body?: unknown }[] = []
  const send = (
    _method: string,
    _path: string,
    { contentType, body }: { contentType?: string; body?: unknown } = {},
  ) => {
    sent.push({ contentType, body })
    return before
  }
  return { migrated: migrateOwnership({ send }, PATH, before, 'kubectl'), sent }
}

test('what a client-side apply owned goes to the applier, the annotation to an owner of its own', () => {
  const { migrated, sent } = migrate(object(applier, clientSide))
  expect(migrated).toBe(true)
  expect(sent).toEqual([
    {
      contentType: 'application/apply-patch+yaml',
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', annotations: { [LAST]: '{}' } } },
    },
    {
      contentType: 'application/json-patch+json',
      body: [
        {
          op: 'replace',
          path: '/metadata/managedFields',
          value: [
            {
              ...applier,
              fieldsV1: { 'f:data': { 'f:a': {}, 'f:b': {} }, 'f:metadata': clientSide.fieldsV1['f:metadata'] },
            },
          ],
        },
        { op: 'replace', path: '/metadata/resourceVersion', value: '7' },
      ],
    },
  ])
})

test.each([
  ['nothing was applied by a client', object(applier)],
  ['the annotation has gone', { ...object(applier, clientSide), metadata: { managedFields: [applier, clientSide] } }],
  ['only status is owned', object(applier, { ...clientSide, subresource: 'status' })],
])('nothing is written where %s', (_name, before) => {
  expect(migrate(before)).toEqual({ migrated: false, sent: [] })
})
