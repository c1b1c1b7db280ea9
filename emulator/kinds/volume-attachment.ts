import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { jsonEqual } from '../api/json.ts'
import { defineKind } from '../api/kind.ts'
import type { VolumeAttachment } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

export const volumeAttachment = defineKind<VolumeAttachment>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'VolumeAttachment',
  plural: 'volumeattachments',
  singular: 'volumeattachment',
  scope: 'Cluster',
  subresources: ['status'],
  schema: 'VolumeAttachment',
  strategy: {
    prepareForCreate: (object) => ({ ...object, status: { attached: false } }),
    bumpsGeneration: () => false,
  },
  validate: validateVolumeAttachment,
  columns: [
    nameColumn,
    { name: 'Attacher', cell: ({ spec }) => spec.attacher },
    { name: 'PV', cell: ({ spec }) => spec.source?.persistentVolumeName ?? '' },
    { name: 'Node', cell: ({ spec }) => spec.nodeName },
    { name: 'Attached', cell: ({ status }) => String(status?.attached ?? false) },
    ageColumn,
  ],
  describe: (object, context) => describeGeneric('VolumeAttachment', object, context),
})

/** Upstream: pkg/apis/storage/validation ValidateVolumeAttachment and its update. */
function validateVolumeAttachment(
  { spec }: VolumeAttachment,
  old: VolumeAttachment | undefined,
): readonly FieldError[] {
  const errors: FieldError[] = []
  if (!spec?.attacher) errors.push(field.required('spec.attacher'))
  if (!spec?.source?.persistentVolumeName && !spec?.source?.inlineVolumeSpec)
    errors.push(field.required('spec.source', 'must specify exactly one of inlineVolumeSpec and persistentVolumeName'))
  if (!spec?.nodeName) errors.push(field.required('spec.nodeName'))
  if (old && !jsonEqual(spec, old.spec)) errors.push(field.invalid('spec', spec, 'field is immutable'))
  return errors
}
