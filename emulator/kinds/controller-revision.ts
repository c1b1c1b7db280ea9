import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { jsonEqual } from '../api/json.ts'
import { defineKind } from '../api/kind.ts'
import type { ControllerRevision } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { nonNegativeErrors } from './validation/numbers.ts'

/** One remembered Pod template of a StatefulSet. */
export const controllerRevision = defineKind<ControllerRevision>({
  group: 'apps',
  version: 'v1',
  kind: 'ControllerRevision',
  plural: 'controllerrevisions',
  singular: 'controllerrevision',
  scope: 'Namespaced',
  schema: 'ControllerRevision',
  strategy: { bumpsGeneration: () => false },
  validate: validateControllerRevision,
  columns: [
    nameColumn,
    { name: 'Controller', cell: ownerText },
    { name: 'Revision', cell: ({ revision }) => revision },
    ageColumn,
  ],
})

/** `statefulset.apps/web`, as the table names who keeps the revision (upstream: printers.go printControllerRevision). */
function ownerText({ metadata }: ControllerRevision): string {
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller)
  if (!owner) return '<none>'
  const group = owner.apiVersion.includes('/') ? `.${owner.apiVersion.split('/')[0]}` : ''
  return `${owner.kind.toLowerCase()}${group}/${owner.name}`
}

/** Upstream: pkg/apis/apps/validation ValidateControllerRevision, ValidateControllerRevisionUpdate. */
function validateControllerRevision(
  { data, revision }: ControllerRevision,
  old: ControllerRevision | undefined,
): readonly FieldError[] {
  return [
    ...(data === undefined || data === null ? [field.required('data', 'data is mandatory')] : []),
    ...nonNegativeErrors('revision', revision),
    ...(old && !jsonEqual(data, old.data) ? [field.invalid('data', data, 'field is immutable')] : []),
  ]
}
