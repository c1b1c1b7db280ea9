import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { jsonEqual } from '../api/json.ts'
import { defineKind } from '../api/kind.ts'
import type { IPAddress, ParentReference } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { eventLines } from './describe/events.ts'
import { annotationLines, indent, labelLines } from './describe/lines.ts'
import { ipErrors } from './validation/addresses.ts'

/** Which Service holds a cluster IP; the name is the address. */
export const ipAddress = defineKind<IPAddress>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IPAddress',
  plural: 'ipaddresses',
  singular: 'ipaddress',
  shortNames: ['ip'],
  scope: 'Cluster',
  schema: 'IPAddress',
  strategy: { validateName: (name) => ipErrors('', name).map(({ detail }) => detail) },
  validate: validateIPAddress,
  columns: [nameColumn, { name: 'ParentRef', cell: ({ spec }) => parentText(spec?.parentRef) }, ageColumn],
  selectableFields: {
    'spec.parentRef.group': ({ spec }) => spec?.parentRef?.group ?? '',
    'spec.parentRef.name': ({ spec }) => spec?.parentRef?.name ?? '',
    'spec.parentRef.namespace': ({ spec }) => spec?.parentRef?.namespace ?? '',
    'spec.parentRef.resource': ({ spec }) => spec?.parentRef?.resource ?? '',
  },
  describe: (object, context) => [
    `Name:\t${object.metadata?.name ?? ''}`,
    ...labelLines('Labels', object.metadata?.labels),
    ...annotationLines('Annotations', object.metadata?.annotations),
    ...parentLines(object.spec?.parentRef),
    ...eventLines('IPAddress', object, context),
  ],
})

/** Upstream: pkg/apis/networking/validation ValidateIPAddress. */
function validateIPAddress({ spec }: IPAddress, old: IPAddress | undefined): readonly FieldError[] {
  const parent: ParentReference | undefined = spec?.parentRef
  if (!parent) return [field.required('spec.parentRef')]
  return [
    ...(parent.resource ? [] : [field.required('spec.parentRef.resource')]),
    ...(parent.name ? [] : [field.required('spec.parentRef.name')]),
    ...(old && !jsonEqual(spec, old.spec) ? [field.invalid('spec.parentRef', parent, 'field is immutable')] : []),
  ]
}

/** `services/default/web` (upstream: printers.go printIPAddress). */
function parentText(parent: ParentReference | undefined): string {
  if (!parent) return '<none>'
  const resource = parent.group ? `${parent.resource}.${parent.group}` : parent.resource
  return [resource.toLowerCase(), ...(parent.namespace ? [parent.namespace] : []), parent.name].join('/')
}

function parentLines(parent: ParentReference | undefined): readonly string[] {
  if (!parent) return []
  return [
    'Parent Reference:',
    ...indent(1, [
      `Group:\t${parent.group ?? ''}`,
      `Resource:\t${parent.resource}`,
      `Namespace:\t${parent.namespace ?? ''}`,
      `Name:\t${parent.name}`,
    ]),
  ]
}
