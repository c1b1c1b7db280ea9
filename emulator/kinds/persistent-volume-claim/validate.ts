import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import { dns1123SubdomainErrors } from '../../api/names.ts'
import { parseQuantity } from '../../api/quantity.ts'
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../generated/types.ts'
import { unifiedDiff } from '../format/unified-diff.ts'
import { accessModeErrors, volumeModeErrors } from '../storage/access-modes.ts'
import { nameErrors } from '../validation/names.ts'
import { amountErrors } from '../validation/quantities.ts'
import { labelSelectorErrors } from '../validation/selectors.ts'
import { internalClaimSpecLines } from './internal-form.ts'

/** Everything that can be wrong with a claim (upstream: pkg/apis/core/validation ValidatePersistentVolumeClaim and its update). */
export function validatePersistentVolumeClaim(
  claim: PersistentVolumeClaim,
  old: PersistentVolumeClaim | undefined,
): readonly FieldError[] {
  return [...claimSpecErrors('spec', claim.spec ?? {}), ...(old?.spec ? updateErrors(claim.spec ?? {}, old) : [])]
}

/** A claim's spec, wherever it stands. */
export function claimSpecErrors(path: string, spec: PersistentVolumeClaimSpec): readonly FieldError[] {
  const storage = spec.resources?.requests?.storage
  return [
    ...(spec.accessModes?.length ? [] : [field.required(`${path}.accessModes`, 'at least 1 access mode is required')]),
    ...(spec.selector ? labelSelectorErrors(`${path}.selector`, spec.selector) : []),
    ...accessModeErrors(`${path}.accessModes`, spec.accessModes ?? []),
    ...(storage === undefined
      ? [field.required(`${path}.resources[storage]`)]
      : amountErrors(`${path}.resources[storage]`, storage, 'positive')),
    ...(spec.storageClassName
      ? nameErrors(`${path}.storageClassName`, spec.storageClassName, dns1123SubdomainErrors)
      : []),
    ...volumeModeErrors(`${path}.volumeMode`, spec.volumeMode),
  ]
}

const IMMUTABLE =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims'

function updateErrors(spec: PersistentVolumeClaimSpec, old: PersistentVolumeClaim): readonly FieldError[] {
  const before = old.spec ?? {}
  const compared = withOldFreedoms(spec, old)
  if (!jsonEqual(compared, before)) {
    const diff = unifiedDiff(internalClaimSpecLines(before), internalClaimSpecLines(compared))
    return [field.forbidden('spec', `${IMMUTABLE}\n${diff}`)]
  }
  const amount = (text: string | undefined): bigint => parseQuantity(text ?? '0')?.nano ?? 0n
  const wanted = amount(spec.resources?.requests?.storage)
  const shrinks = wanted < amount(before.resources?.requests?.storage)
  // A failed growth may be taken back, but never below what there is.
  if (!shrinks || wanted > amount(old.status?.capacity?.storage)) return []
  return [field.forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity')]
}

/** The new spec with what may change set back: binding, the class of a claim that named none, and a bound claim's size. */
function withOldFreedoms(spec: PersistentVolumeClaimSpec, old: PersistentVolumeClaim): PersistentVolumeClaimSpec {
  const { volumeName, storageClassName, volumeAttributesClassName, ...rest } = spec
  const before = old.spec ?? {}
  const name = before.volumeName ? volumeName : undefined
  const className = before.storageClassName === undefined ? undefined : storageClassName
  const bound = old.status?.phase === 'Bound'
  const requests = bound ? before.resources?.requests : spec.resources?.requests
  const attributes = bound ? before.volumeAttributesClassName : volumeAttributesClassName
  return {
    ...rest,
    resources: { ...spec.resources, ...(requests && { requests }) },
    ...(name !== undefined && { volumeName: name }),
    ...(className !== undefined && { storageClassName: className }),
    ...(attributes !== undefined && { volumeAttributesClassName: attributes }),
  }
}
