import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { jsonEqual } from '../api/json.ts'
import { defineKind } from '../api/kind.ts'
import type { VolumeAttributesClass } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { eventLines } from './describe/events.ts'
import { formatLabels } from './format/labels.ts'

export const volumeAttributesClass = defineKind<VolumeAttributesClass>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'VolumeAttributesClass',
  plural: 'volumeattributesclasses',
  singular: 'volumeattributesclass',
  shortNames: ['vac'],
  scope: 'Cluster',
  schema: 'VolumeAttributesClass',
  validate: validateVolumeAttributesClass,
  columns: [nameColumn, { name: 'DriverName', cell: ({ driverName }) => driverName }, ageColumn],
  describe: (object, context) => [
    `Name:\t${object.metadata?.name ?? ''}`,
    `Annotations:\t${formatLabels(object.metadata?.annotations)}`,
    `DriverName:\t${object.driverName}`,
    `Parameters:\t${formatLabels(object.parameters)}`,
    ...eventLines('VolumeAttributesClass', object, context),
  ],
})

/** Upstream: pkg/apis/storage/validation ValidateVolumeAttributesClass and its update. */
function validateVolumeAttributesClass(
  { driverName, parameters }: VolumeAttributesClass,
  old: VolumeAttributesClass | undefined,
): readonly FieldError[] {
  const errors: FieldError[] = []
  if (!driverName) errors.push(field.required('driverName'))
  if (Object.keys(parameters ?? {}).length === 0)
    errors.push(field.required('parameters', 'must contain at least one key/value pair'))
  if (old && driverName !== old.driverName) errors.push(field.invalid('driverName', driverName, 'field is immutable'))
  if (old && !jsonEqual(parameters, old.parameters))
    errors.push(field.invalid('parameters', parameters, 'field is immutable'))
  return errors
}
