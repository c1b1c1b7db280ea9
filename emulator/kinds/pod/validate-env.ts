import { type FieldError, field } from '../../api/field.ts'
import { configMapKeyErrors, dns1123LabelErrors, dns1123SubdomainErrors, envVarNameErrors } from '../../api/names.ts'
import type { EnvFromSource, EnvVar, EnvVarSource, FileKeySelector } from '../../generated/types.ts'
import { filePathErrors } from '../storage/paths.ts'
import { nameErrors } from '../validation/names.ts'
import { ENV_FIELDS, fieldRefErrors, resourceFieldErrors } from './validate-field-ref.ts'

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
  if (fieldRef) errors.push(...fieldRefErrors(`${path}.fieldRef`, fieldRef, ENV_FIELDS))
  if (resourceFieldRef) errors.push(...resourceFieldErrors(`${path}.resourceFieldRef`, resourceFieldRef, false))
  if (configMapKeyRef) errors.push(...keyErrors(`${path}.configMapKeyRef`, configMapKeyRef))
  if (secretKeyRef) errors.push(...keyErrors(`${path}.secretKeyRef`, secretKeyRef))
  if (fileKeyRef) errors.push(...fileKeyErrors(`${path}.fileKeyRef`, fileKeyRef))
  if (sources === 0) errors.push(field.invalid(path, '', ONE_SOURCE))
  else if (value !== '') errors.push(field.invalid(path, '', 'may not be specified when `value` is not empty'))
  else if (sources > 1) errors.push(field.invalid(path, '', 'may not have more than one field specified at a time'))
  return errors
}

function keyErrors(
  path: string,
  { name = '', key }: { readonly name?: string; readonly key: string },
): readonly FieldError[] {
  return [
    ...nameErrors(`${path}.name`, name, dns1123SubdomainErrors),
    ...(key ? nameErrors(`${path}.key`, key, configMapKeyErrors) : [field.required(`${path}.key`)]),
  ]
}

/** Upstream: validateFileKeySelector. */
function fileKeyErrors(path: string, { key, volumeName, path: target }: FileKeySelector): readonly FieldError[] {
  return [
    ...(key ? nameErrors(`${path}.key`, key, envVarNameErrors) : [field.required(`${path}.key`)]),
    ...(volumeName
      ? nameErrors(`${path}.volumeName`, volumeName, dns1123LabelErrors)
      : [field.required(`${path}.volumeName`)]),
    ...(target ? filePathErrors(`${path}.path`, target) : [field.required(`${path}.path`)]),
  ]
}

/** Whole ConfigMaps and Secrets as environment. */
export function envFromErrors(path: string, sources: readonly EnvFromSource[]): readonly FieldError[] {
  return sources.flatMap(({ prefix, configMapRef, secretRef }, index) => {
    const at = `${path}[${index}]`
    const errors: FieldError[] = prefix ? nameErrors(`${at}.prefix`, prefix, envVarNameErrors) : []
    if (configMapRef) errors.push(...sourceErrors(`${at}.configMapRef.name`, configMapRef.name))
    if (secretRef) errors.push(...sourceErrors(`${at}.secretRef.name`, secretRef.name))
    // Upstream names the whole list here.
    if (!configMapRef && !secretRef)
      errors.push(field.invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'))
    if (configMapRef && secretRef)
      errors.push(field.invalid(path, '', 'may not have more than one field specified at a time'))
    return errors
  })
}

const sourceErrors = (path: string, name: string | undefined): readonly FieldError[] =>
  name ? nameErrors(path, name, dns1123SubdomainErrors) : [field.required(path)]
