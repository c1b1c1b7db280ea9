import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import { dns1123LabelErrors } from '../api/names.ts'
import type { Namespace } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeNamespace } from './namespace/describe.ts'

const NAME_LABEL = 'kubernetes.io/metadata.name'

export const namespace = defineKind<Namespace>({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  scope: 'Cluster',
  // A whole collection of namespaces cannot be deleted (upstream: registry/core/namespace/storage).
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  subresources: ['finalize', 'status'],
  schema: 'Namespace',
  default: defaultNamespace,
  strategy: {
    validateName: dns1123LabelErrors,
    bumpsGeneration: () => false,
    prepareForCreate: withKubernetesFinalizer,
    finalizers: ({ metadata, spec }) => [...(metadata?.finalizers ?? []), ...(spec?.finalizers ?? [])],
    prepareForDelete: terminating,
  },
  columns: [nameColumn, { name: 'Status', cell: ({ status }) => status?.phase ?? '' }, ageColumn],
  selectableFields: { 'status.phase': ({ status }) => status?.phase ?? '' },
  describe: describeNamespace,
})

/** Every namespace carries its own name as a label (upstream: pkg/apis/core/v1/defaults.go SetDefaults_Namespace). */
function defaultNamespace(object: Namespace): Namespace {
  const name = object.metadata?.name
  if (!name) return object
  return { ...object, metadata: { ...object.metadata, labels: { ...object.metadata?.labels, [NAME_LABEL]: name } } }
}

/** Namespaces know no grace (upstream: registry/core/namespace/storage Delete). */
function terminating(object: Namespace): Namespace {
  const { deletionGracePeriodSeconds: _grace, ...metadata } = object.metadata ?? {}
  return { ...object, metadata, status: { ...object.status, phase: 'Terminating' } }
}

/** The `kubernetes` finalizer holds a namespace until its contents are gone (upstream: registry/core/namespace/strategy.go). */
function withKubernetesFinalizer(object: Namespace): Namespace {
  const finalizers = object.spec?.finalizers ?? []
  return {
    ...object,
    spec: {
      ...object.spec,
      finalizers: finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'],
    },
    status: { phase: 'Active' },
  }
}
