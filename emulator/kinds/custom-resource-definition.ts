import { defineKind } from '../api/kind.ts'
import type { CustomResourceDefinition } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { finalizerWarnings } from './custom-resource/finalizers.ts'
import { CLEANUP_FINALIZER, withCondition } from './custom-resource-definition/conditions.ts'
import { defaultCustomResourceDefinition } from './custom-resource-definition/defaults.ts'
import { withDecodedSchemas } from './custom-resource-definition/nested-schemas.ts'
import { validateCustomResourceDefinition } from './custom-resource-definition/validate.ts'
import { describeGeneric } from './describe/generic.ts'

/** Brings a kind that this file knows nothing of (upstream: apiextensions-apiserver); custom-resource.ts makes it served. */
export const customResourceDefinition = defineKind<CustomResourceDefinition>({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  singular: 'customresourcedefinition',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  scope: 'Cluster',
  subresources: ['status'],
  schema: 'CustomResourceDefinition',
  default: defaultCustomResourceDefinition,
  validate: validateCustomResourceDefinition,
  warnings: finalizerWarnings,
  strategy: {
    plainFinalizers: true,
    prepareForCreate: (object) => withStoredVersion({ ...withDecodedSchemas(object), status: { storedVersions: [] } }),
    prepareForUpdate: (object) => withStoredVersion(withDecodedSchemas(object)),
    prepareForDelete(object, { now }) {
      const { finalizers = [], deletionGracePeriodSeconds: _grace, ...metadata } = object.metadata ?? {}
      const own = finalizers.includes(CLEANUP_FINALIZER) ? finalizers : [...finalizers, CLEANUP_FINALIZER]
      const marked = { ...object, metadata: { ...metadata, finalizers: own } }
      return withCondition(
        marked,
        {
          type: 'Terminating',
          status: 'True',
          reason: 'InstanceDeletionPending',
          message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
        },
        now,
      )
    },
  },
  columns: [
    nameColumn,
    { name: 'Created At', type: 'date', cell: ({ metadata }) => metadata?.creationTimestamp ?? '' },
  ],
  describe: (object, context) => describeGeneric('CustomResourceDefinition', object, context),
})

/** A version that objects were once stored in stays in the status (upstream: customresourcedefinition/strategy.go). */
function withStoredVersion(object: CustomResourceDefinition): CustomResourceDefinition {
  const storedVersions = object.status?.storedVersions ?? []
  const storage = object.spec.versions.find((version) => version.storage)?.name
  if (storage === undefined || storedVersions.includes(storage)) return object
  return { ...object, status: { ...object.status, storedVersions: [...storedVersions, storage] } }
}
