import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import { dns1123SubdomainErrors } from '../../api/names.ts'
import { parseQuantity } from '../../api/quantity.ts'
import type { PersistentVolume, PersistentVolumeSpec } from '../../generated/types.ts'
import { unifiedDiff } from '../format/unified-diff.ts'
import { nodeSelectorErrors } from '../pod/validate-affinity.ts'
import { HOST_PATH_TYPES } from '../pod/validate-volumes.ts'
import { accessModeErrors, volumeModeErrors } from '../storage/access-modes.ts'
import { nameErrors } from '../validation/names.ts'
import { amountErrors } from '../validation/quantities.ts'
import { sourceOf, sourcesOf } from './sources.ts'

const RECLAIM_POLICIES = ['Delete', 'Recycle', 'Retain']

/** Everything that can be wrong with a volume (upstream: pkg/apis/core/validation ValidatePersistentVolume and its update). */
export function validatePersistentVolume(
  { spec = {} }: PersistentVolume,
  old: PersistentVolume | undefined,
): readonly FieldError[] {
  return [
    ...(spec.accessModes?.length ? accessModeErrors('spec.accessModes', spec.accessModes) : missing('accessModes')),
    ...capacityErrors(spec.capacity),
    ...policyErrors(spec.persistentVolumeReclaimPolicy),
    ...affinityErrors(spec.nodeAffinity),
    ...sourceErrors(spec),
    ...(spec.storageClassName
      ? nameErrors('spec.storageClassName', spec.storageClassName, dns1123SubdomainErrors)
      : []),
    ...volumeModeErrors('spec.volumeMode', spec.volumeMode),
    ...(old?.spec ? updateErrors(spec, old.spec) : []),
  ]
}

const missing = (name: string): readonly FieldError[] => [field.required(`spec.${name}`)]

function capacityErrors(capacity: PersistentVolumeSpec['capacity']): readonly FieldError[] {
  const names = Object.keys(capacity ?? {})
  if (names.length === 0) return missing('capacity')
  const errors: FieldError[] = []
  if (names.length !== 1 || capacity?.storage === undefined)
    errors.push(field.notSupported('spec.capacity', capacity, ['storage']))
  return [...errors, ...names.flatMap((name) => sizeErrors(`spec.capacity[${name}]`, capacity?.[name]))]
}

/** Upstream: validateBasicResource, which prints whole units, then ValidatePositiveQuantityValue. */
function sizeErrors(path: string, text: string | undefined): readonly FieldError[] {
  const nano = parseQuantity(text ?? '')?.nano ?? 0n
  const whole = Number(nano / 1_000_000_000n)
  return [
    ...(whole < 0 ? [field.invalid(path, whole, 'must be a valid resource quantity')] : []),
    ...amountErrors(path, text, 'positive'),
  ]
}

function affinityErrors(affinity: PersistentVolumeSpec['nodeAffinity']): readonly FieldError[] {
  if (!affinity) return []
  const path = 'spec.nodeAffinity.required'
  return affinity.required
    ? nodeSelectorErrors(path, affinity.required)
    : [field.required(path, 'must specify required node constraints')]
}

function policyErrors(policy: string | undefined): readonly FieldError[] {
  if (policy === undefined || RECLAIM_POLICIES.includes(policy)) return []
  return [field.notSupported('spec.persistentVolumeReclaimPolicy', policy, RECLAIM_POLICIES)]
}

function sourceErrors(spec: PersistentVolumeSpec): readonly FieldError[] {
  const [first, ...more] = sourcesOf(spec)
  if (first === undefined) return [field.required('spec', 'must specify a volume type')]
  return [
    ...more.map((name) => field.forbidden(`spec.${name}`, 'may not specify more than 1 volume type')),
    ...hostPathErrors(spec),
    ...pathErrors(spec),
    ...csiErrors(spec),
  ]
}

function hostPathErrors({ hostPath, persistentVolumeReclaimPolicy }: PersistentVolumeSpec): readonly FieldError[] {
  if (!hostPath) return []
  if (!hostPath.path) return [field.required('spec.hostPath.path')]
  const errors: FieldError[] = []
  if (hostPath.path.split('/').includes('..'))
    errors.push(field.invalid('spec.hostPath.path', hostPath.path, "must not contain '..'"))
  if (!HOST_PATH_TYPES.includes(hostPath.type ?? ''))
    errors.push(field.notSupported('spec.hostPath.type', hostPath.type, HOST_PATH_TYPES))
  if (hostPath.path === '/' && persistentVolumeReclaimPolicy === 'Recycle')
    errors.push(
      field.forbidden('spec.persistentVolumeReclaimPolicy', "may not be 'recycle' for a hostPath mount of '/'"),
    )
  return errors
}

function pathErrors({ nfs, local, nodeAffinity }: PersistentVolumeSpec): readonly FieldError[] {
  const errors: FieldError[] = []
  if (nfs && !nfs.server) errors.push(field.required('spec.nfs.server'))
  if (nfs && !nfs.path) errors.push(field.required('spec.nfs.path'))
  if (nfs?.path && !nfs.path.startsWith('/'))
    errors.push(field.invalid('spec.nfs.path', nfs.path, 'must be an absolute path'))
  if (local && !local.path) errors.push(field.required('spec.local.path'))
  if (local && !nodeAffinity?.required)
    errors.push(field.required('spec.nodeAffinity', 'Local volume requires node affinity'))
  return errors
}

const MAX_DRIVER_NAME = 63

/** Upstream: ValidateCSIDriverName, which says all that is wrong with a missing name, too. */
function csiErrors({ csi }: PersistentVolumeSpec): readonly FieldError[] {
  if (!csi) return []
  const errors: FieldError[] = []
  const { driver = '' } = csi
  if (driver === '') errors.push(field.required('spec.csi.driver'))
  if (driver.length > MAX_DRIVER_NAME) errors.push(field.tooLong('spec.csi.driver', MAX_DRIVER_NAME))
  errors.push(
    ...dns1123SubdomainErrors(driver.toLowerCase()).map((detail) => field.invalid('spec.csi.driver', driver, detail)),
  )
  if (!csi.volumeHandle) errors.push(field.required('spec.csi.volumeHandle'))
  return errors
}

function updateErrors(spec: PersistentVolumeSpec, old: PersistentVolumeSpec): readonly FieldError[] {
  const errors: FieldError[] = []
  if (!jsonEqual(sourceOf(spec), sourceOf(old))) {
    const lines = (each: PersistentVolumeSpec) => JSON.stringify(sourceOf(each), null, 1).split('\n')
    const diff = unifiedDiff(lines(old), lines(spec))
    const path = 'spec.persistentvolumesource'
    errors.push(field.forbidden(path, `spec.persistentvolumesource is immutable after creation\n${diff}`))
  }
  if (spec.volumeMode !== old.volumeMode)
    errors.push(field.invalid('spec.volumeMode', spec.volumeMode, 'field is immutable'))
  if (old.nodeAffinity && !jsonEqual(spec.nodeAffinity, old.nodeAffinity))
    errors.push(field.invalid('spec.nodeAffinity', spec.nodeAffinity, 'field is immutable'))
  return errors
}
