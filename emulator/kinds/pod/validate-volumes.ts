import { type FieldError, field } from '../../api/field.ts'
import { configMapKeyErrors, dns1123LabelErrors } from '../../api/names.ts'
import type { KeyToPath, Volume } from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'
import { relativePathErrors } from './validate-containers.ts'

/** Upstream: supportedHostPathTypes; the first says that nothing is checked. */
export const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
]

/** Volumes of a Pod (upstream: pkg/apis/core/validation ValidateVolumes). */
export function volumesErrors(path: string, volumes: readonly Volume[]): readonly FieldError[] {
  return volumes.flatMap((volume, index) => {
    const at = `${path}[${index}]`
    const { name } = volume
    const duplicate = volumes.slice(0, index).some((other) => other.name === name)
    return [
      ...sourceErrors(at, volume),
      ...(name ? nameErrors(`${at}.name`, name, dns1123LabelErrors) : [field.required(`${at}.name`)]),
      ...(name && duplicate ? [field.duplicate(`${at}.name`, name)] : []),
    ]
  })
}

function sourceErrors(at: string, volume: Volume): readonly FieldError[] {
  const { name: _name, hostPath, configMap, secret, persistentVolumeClaim, nfs, projected } = volume
  const sources = Object.entries(volume).filter(([key, value]) => key !== 'name' && value !== undefined)
  const errors: FieldError[] = []
  if (hostPath) {
    if (!hostPath.path) errors.push(field.required(`${at}.hostPath.path`))
    if (hostPath.path?.split('/').includes('..'))
      errors.push(field.invalid(`${at}.hostPath.path`, hostPath.path, "must not contain '..'"))
    if (!HOST_PATH_TYPES.includes(hostPath.type ?? ''))
      errors.push(field.notSupported(`${at}.hostPath.type`, hostPath.type, HOST_PATH_TYPES))
  }
  if (configMap) {
    if (!configMap.name) errors.push(field.required(`${at}.configMap.name`))
    errors.push(...modeErrors(`${at}.configMap.defaultMode`, configMap.defaultMode))
    errors.push(...itemErrors(`${at}.configMap.items`, configMap.items ?? []))
  }
  if (secret) {
    if (!secret.secretName) errors.push(field.required(`${at}.secret.secretName`))
    errors.push(...modeErrors(`${at}.secret.defaultMode`, secret.defaultMode))
    errors.push(...itemErrors(`${at}.secret.items`, secret.items ?? []))
  }
  if (persistentVolumeClaim && !persistentVolumeClaim.claimName)
    errors.push(field.required(`${at}.persistentVolumeClaim.claimName`))
  if (nfs && !nfs.server) errors.push(field.required(`${at}.nfs.server`))
  if (nfs && !nfs.path) errors.push(field.required(`${at}.nfs.path`))
  if (projected) errors.push(...modeErrors(`${at}.projected.defaultMode`, projected.defaultMode))
  if (sources.length > 1)
    errors.push(field.forbidden(`${at}.${sources[1]?.[0]}`, 'may not specify more than 1 volume type'))
  if (sources.length === 0) errors.push(field.required(at, 'must specify a volume type'))
  return errors
}

function itemErrors(path: string, items: readonly KeyToPath[]): readonly FieldError[] {
  return items.flatMap(({ key, path: target, mode }, index) => {
    const at = `${path}[${index}]`
    return [
      ...(key ? nameErrors(`${at}.key`, key, configMapKeyErrors) : [field.required(`${at}.key`)]),
      ...(target ? relativePathErrors(`${at}.path`, target) : [field.required(`${at}.path`)]),
      ...modeErrors(`${at}.mode`, mode),
    ]
  })
}

const modeErrors = (path: string, mode: number | undefined): readonly FieldError[] =>
  mode !== undefined && (mode < 0 || mode > 511)
    ? [field.invalid(path, mode, 'must be a number between 0 and 0777 (octal), both inclusive')]
    : []
