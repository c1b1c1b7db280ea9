import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import { dns1123SubdomainErrors } from '../../api/names.ts'
import type { CustomResourceDefinition, CustomResourceDefinitionSpec } from '../../generated/types.ts'
import { conversionErrors } from './validate-conversion.ts'
import { labelText, nameErrors } from './validate-names.ts'
import { versionErrors, wholeSpecErrors } from './validate-version.ts'

/** Everything wrong with a definition (upstream: apiextensions/validation/validation.go). */
export function validateCustomResourceDefinition(
  object: CustomResourceDefinition,
  old: CustomResourceDefinition | undefined,
): readonly FieldError[] {
  const { metadata, spec, status } = object
  const wanted = `${spec.names.plural}.${spec.group}`
  const misnamed = metadata?.name !== wanted && !old
  return [
    ...(misnamed ? [field.invalid('metadata.name', metadata?.name, 'must be spec.names.plural+"."+spec.group')] : []),
    // The very spec that is stored has been looked at: controllers write the status often, and schemas are large.
    ...(old?.spec === spec ? [] : specErrors(spec)),
    ...(old ? updateErrors(object, old) : []),
    ...(status?.acceptedNames ? nameErrors(status.acceptedNames, 'status.acceptedNames') : []),
    ...(old ? storedVersionErrors(object) : []),
    ...approvalErrors(object),
    ...(spec.preserveUnknownFields && !old?.spec.preserveUnknownFields
      ? [field.invalid('spec.preserveUnknownFields', true, 'must be false in order to use apiextensions.k8s.io/v1')]
      : []),
  ]
}

function specErrors(spec: CustomResourceDefinitionSpec): readonly FieldError[] {
  const { names, versions } = spec
  const required = (['plural', 'singular', 'kind', 'listKind'] as const).filter((name) => !names[name])
  return [
    ...groupErrors(spec.group),
    ...scopeErrors(spec.scope),
    ...versions.flatMap((version, index) =>
      version.schema?.openAPIV3Schema
        ? []
        : [field.required(`spec.versions[${index}].schema.openAPIV3Schema`, 'schemas are required')],
    ),
    ...versions.flatMap((version, index) => [
      ...labelText(`spec.versions[${index}].name`, version.name),
      ...versionErrors(spec, version, index),
    ]),
    ...(new Set(versions.map(({ name }) => name)).size < versions.length
      ? [field.invalid('spec.versions', versions, 'must contain unique version names')]
      : []),
    ...(versions.filter(({ storage }) => storage).length === 1
      ? []
      : [
          field.invalid(
            'spec.versions',
            versions.length > 0 ? versions : null,
            'must have exactly one version marked as storage version',
          ),
        ]),
    ...required.map((name) => field.required(`spec.names.${name}`)),
    ...nameErrors(names, 'spec.names'),
    ...wholeSpecErrors(spec),
    ...conversionErrors(spec.conversion),
  ]
}

function groupErrors(group: string): readonly FieldError[] {
  if (group === '') return [field.required('spec.group')]
  const errors = dns1123SubdomainErrors(group)
  if (errors.length > 0) return [field.invalid('spec.group', group, errors.join(','))]
  return group.includes('.') ? [] : [field.invalid('spec.group', group, 'should be a domain with at least one dot')]
}

function scopeErrors(scope: string): readonly FieldError[] {
  if (scope === '') return [field.required('spec.scope')]
  const scopes = ['Cluster', 'Namespaced']
  return scopes.includes(scope) ? [] : [field.notSupported('spec.scope', scope, scopes)]
}

/** What objects are stored under cannot change. */
function updateErrors({ spec }: CustomResourceDefinition, old: CustomResourceDefinition): readonly FieldError[] {
  const established = old.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True')
  const fixed = [
    ...(established
      ? ([
          ['spec.scope', spec.scope, old.spec.scope],
          ['spec.names.kind', spec.names.kind, old.spec.names.kind],
        ] as const)
      : []),
    ['spec.group', spec.group, old.spec.group],
    ['spec.names.plural', spec.names.plural, old.spec.names.plural],
  ] as const
  return fixed.flatMap(([path, value, before]) =>
    jsonEqual(value, before) ? [] : [field.invalid(path, value, 'field is immutable')],
  )
}

function storedVersionErrors({ spec, status }: CustomResourceDefinition): readonly FieldError[] {
  const stored = status?.storedVersions ?? []
  return stored.flatMap((name, index) =>
    spec.versions.some((version) => version.name === name)
      ? []
      : [
          field.invalid(
            `status.storedVersions[${index}]`,
            name,
            `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`,
          ),
        ],
  )
}

const APPROVAL = 'api-approved.kubernetes.io'

/** Groups of the Kubernetes project itself need its approval (upstream: apihelpers, GetAPIApprovalState). */
function approvalErrors({ metadata, spec }: CustomResourceDefinition): readonly FieldError[] {
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(spec.group)) return []
  const value = metadata?.annotations?.[APPROVAL]
  const path = `metadata.annotations[${APPROVAL}]`
  const see = 'see https://github.com/kubernetes/enhancements/pull/1111'
  if (!value) return [field.required(path, `protected groups must have approval annotation "${APPROVAL}", ${see}`)]
  if (value.startsWith('unapproved') || /^https?:\/\/[^/\s]+/.test(value)) return []
  return [
    field.invalid(
      path,
      value,
      `protected groups must have approval annotation "${APPROVAL}" with either a URL or a reason starting with "unapproved", ${see}`,
    ),
  ]
}
