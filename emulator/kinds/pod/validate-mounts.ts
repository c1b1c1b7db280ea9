import { type FieldError, field } from '../../api/field.ts'
import type { Container, Volume, VolumeMount } from '../../generated/types.ts'
import { noBackstepErrors, relativePathErrors } from '../storage/paths.ts'

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None']
const RECURSIVE = ['Disabled', 'Enabled', 'IfPossible']

/** Where a container has its Pod's volumes (upstream: pkg/apis/core/validation ValidateVolumeMounts). */
export function mountErrors(
  path: string,
  container: Container,
  volumes: ReadonlyMap<string, Volume>,
): readonly FieldError[] {
  const { volumeMounts: mounts = [], volumeDevices: devices = [] } = container
  const taken = new Set<string>()
  return mounts.flatMap((mount, index) => {
    const { name = '', mountPath = '', subPath, subPathExpr } = mount
    const at = `${path}[${index}]`
    const again = taken.has(mountPath)
    taken.add(mountPath)
    const image = volumes.get(name)?.image !== undefined
    const invalid = (when: unknown, part: string, value: unknown, detail: string): readonly FieldError[] =>
      when ? [field.invalid(`${at}.${part}`, value, detail)] : []
    return [
      ...(name ? [] : [field.required(`${at}.name`)]),
      ...(volumes.has(name) ? [] : [field.notFound(`${at}.name`, name)]),
      ...(mountPath ? [] : [field.required(`${at}.mountPath`)]),
      ...invalid(again, 'mountPath', mountPath, 'must be unique'),
      ...invalid(
        devices.some((device) => device.name === name),
        'name',
        name,
        'must not already exist in volumeDevices',
      ),
      ...invalid(
        devices.some((device) => device.devicePath === mountPath),
        'mountPath',
        mountPath,
        'must not already exist as a path in volumeDevices',
      ),
      ...invalid(image && subPath, 'subPath', subPath, 'not allowed in image volume sources'),
      ...invalid(image && subPathExpr, 'subPathExpr', subPathExpr, 'not allowed in image volume sources'),
      // From here on upstream names the list, not the mount.
      ...(subPath ? relativePathErrors(`${path}.subPath`, subPath) : []),
      ...invalid(subPath && subPathExpr, 'subPathExpr', subPathExpr, 'subPathExpr and subPath are mutually exclusive'),
      ...(subPathExpr ? relativePathErrors(`${path}.subPathExpr`, subPathExpr) : []),
      ...propagationErrors(`${path}.mountPropagation`, mount, container),
      ...recursionErrors(`${path}.recursiveReadOnly`, mount),
    ]
  })
}

function propagationErrors(path: string, { mountPropagation }: VolumeMount, { securityContext }: Container) {
  if (mountPropagation === undefined) return []
  if (!PROPAGATIONS.includes(mountPropagation)) return [field.notSupported(path, mountPropagation, PROPAGATIONS)]
  return mountPropagation === 'Bidirectional' && !securityContext?.privileged
    ? [field.forbidden(path, 'Bidirectional mount propagation is available only to privileged containers')]
    : []
}

function recursionErrors(path: string, mount: VolumeMount): readonly FieldError[] {
  const { recursiveReadOnly: mode, readOnly, mountPropagation: propagation } = mount
  if (mode === undefined || mode === 'Disabled') return []
  if (!RECURSIVE.includes(mode)) return [field.notSupported(path, mode, RECURSIVE)]
  return [
    ...(readOnly ? [] : [field.forbidden(path, 'may only be specified when readOnly is true')]),
    ...(propagation !== undefined && propagation !== 'None'
      ? [field.forbidden(path, 'may only be specified when mountPropagation is None or not specified')]
      : []),
  ]
}

/** Where a container has claims as raw devices (upstream: ValidateVolumeDevices). */
export function deviceErrors(
  path: string,
  { volumeMounts: mounts = [], volumeDevices: devices = [] }: Container,
  volumes: ReadonlyMap<string, Volume>,
): readonly FieldError[] {
  return devices.flatMap(({ name = '', devicePath = '' }, index) => {
    const at = `${path}[${index}]`
    const before = devices.slice(0, index)
    const volume = volumes.get(name)
    const block = volume?.persistentVolumeClaim !== undefined || volume?.ephemeral !== undefined
    const invalid = (when: boolean, part: 'name' | 'devicePath', detail: string): readonly FieldError[] =>
      when ? [field.invalid(`${at}.${part}`, part === 'name' ? name : devicePath, detail)] : []
    const blockOnly = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode'
    return [
      ...(name ? [] : [field.required(`${at}.name`)]),
      ...invalid(name !== '' && before.some((other) => other.name === name), 'name', 'must be unique'),
      ...invalid(volume !== undefined && !block, 'name', blockOnly),
      ...(volume ? [] : [field.notFound(`${at}.name`, name)]),
      ...(devicePath ? [] : [field.required(`${at}.devicePath`)]),
      ...invalid(
        before.some((other) => (other.devicePath ?? '') === devicePath),
        'devicePath',
        'must be unique',
      ),
      ...invalid(noBackstepErrors(at, devicePath).length > 0, 'devicePath', "can not contain backsteps ('..')"),
      ...invalid(
        mounts.some((mount) => mount.name === name),
        'name',
        'must not already exist in volumeMounts',
      ),
      ...invalid(
        mounts.some((mount) => mount.mountPath === devicePath),
        'devicePath',
        'must not already exist as a path in volumeMounts',
      ),
    ]
  })
}
