import { type FieldError, field } from '../../api/field.ts'
import { configMapKeyErrors, envVarNameErrors } from '../../api/names.ts'
import type { EnvFromSource, EnvVar, EnvVarSource, ObjectFieldSelector } from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'

const FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]
const ONE_SOURCE =
  'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`'

/** Environment variables (upstream: pkg/apis/core/validation ValidateEnv). */
export function envErrors(path: string, variables: readonly EnvVar[]): readonly FieldError[] {
  return variables.flatMap(({ name, value, valueFrom }, index) => {
    const at = `${path}[${index}]`
    return [
      ...(name ? nameErrors(`${at}.name`, name, envVarNameErrors) : [field.required(`${at}.name`)]),
      ...(valueFrom ? valueFromErrors(`${at}.valueFrom`, valueFrom, value ?? '') : []),
    ]
  })
}

function valueFromErrors(path: string, source: EnvVarSource, value: string): readonly FieldError[] {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source
  const sources = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef].filter(Boolean).length
  const errors: FieldError[] = []
  if (fieldRef) errors.push(...fieldRefErrors(`${path}.fieldRef`, fieldRef))
  if (resourceFieldRef && !resourceFieldRef.resource) errors.push(field.required(`${path}.resourceFieldRef.resource`))
  if (configMapKeyRef) errors.push(...keyErrors(`${path}.configMapKeyRef`, configMapKeyRef))
  if (secretKeyRef) errors.push(...keyErrors(`${path}.secretKeyRef`, secretKeyRef))
  if (sources === 0) errors.push(field.invalid(path, '', ONE_SOURCE))
  else if (value !== '') errors.push(field.invalid(path, '', 'may not be specified when `value` is not empty'))
  else if (sources > 1) errors.push(field.invalid(path, '', 'may not have more than one field specified at a time'))
  return errors
}

/** A field of the Pod that an environment variable may hold. */
function fieldRefErrors(path: string, { apiVersion, fieldPath }: ObjectFieldSelector): readonly FieldError[] {
  if (!apiVersion) return [field.required(`${path}.apiVersion`)]
  if (!fieldPath) return [field.required(`${path}.fieldPath`)]
  if (FIELDS.includes(fieldPath) || /^metadata\.(labels|annotations)\['.*'\]$/.test(fieldPath)) return []
  const known = fieldPath === 'metadata.labels' || fieldPath === 'metadata.annotations'
  return known
    ? [field.notSupported(`${path}.fieldPath`, fieldPath, FIELDS)]
    : [
        field.invalid(
          `${path}.fieldPath`,
          fieldPath,
          `error converting fieldPath: field label not supported: ${fieldPath}`,
        ),
      ]
}

function keyErrors(
  path: string,
  { name, key }: { readonly name?: string; readonly key: string },
): readonly FieldError[] {
  return [
    ...(name ? [] : [field.required(`${path}.name`)]),
    ...(key ? nameErrors(`${path}.key`, key, configMapKeyErrors) : [field.required(`${path}.key`)]),
  ]
}

/** Whole ConfigMaps and Secrets as environment. */
export function envFromErrors(path: string, sources: readonly EnvFromSource[]): readonly FieldError[] {
  return sources.flatMap(({ prefix, configMapRef, secretRef }, index) => {
    const at = `${path}[${index}]`
    const errors: FieldError[] = prefix ? nameErrors(`${at}.prefix`, prefix, envVarNameErrors) : []
    if (configMapRef && !configMapRef.name) errors.push(field.required(`${at}.configMapRef.name`))
    if (secretRef && !secretRef.name) errors.push(field.required(`${at}.secretRef.name`))
    if (!configMapRef && !secretRef)
      errors.push(field.invalid(at, '', 'must specify one of: `configMapRef` or `secretRef`'))
    if (configMapRef && secretRef)
      errors.push(field.invalid(at, '', 'may not have more than one field specified at a time'))
    return errors
  })
}
