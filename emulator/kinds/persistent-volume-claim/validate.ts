import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import { dns1123LabelErrors, dns1123SubdomainErrors } from '../../api/names.ts'
import { parseQuantity } from '../../api/quantity.ts'
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec, TypedObjectReference } from '../../generated/types.ts'
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
  return [...claimSpecErrors('spec', claim.spec ?? {}), ...(old?.spec ? updateErrors(claim, old) : [])]
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
    ...(spec.dataSource ? dataSourceErrors(`${path}.dataSource`, spec.dataSource) : []),
    ...(spec.dataSourceRef ? dataSourceErrors(`${path}.dataSourceRef`, spec.dataSourceRef) : []),
    ...sameSourceErrors(path, spec),
    ...(spec.volumeAttributesClassName
      ? nameErrors(`${path}.volumeAttributesClassName`, spec.volumeAttributesClassName, dns1123SubdomainErrors)
      : []),
  ]
}

/** What a claim's data comes from (upstream: validateDataSource, validateDataSourceRef). */
function dataSourceErrors(path: string, { name, kind, apiGroup, ...rest }: TypedObjectReference) {
  const namespace = rest.namespace ?? ''
  return [
    ...(name ? [] : [field.required(`${path}.name`)]),
    ...(kind ? [] : [field.required(`${path}.kind`)]),
    ...(!apiGroup && kind !== 'PersistentVolumeClaim'
      ? [field.invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup")]
      : []),
    ...(apiGroup ? nameErrors(`${path}.apiGroup`, apiGroup, dns1123SubdomainErrors) : []),
    ...(namespace === '' ? [] : nameErrors(`${path}.namespace`, namespace, dns1123LabelErrors)),
  ]
}

/** Both ways of naming the source agree; upstream prints the path of the one as the value of the other. */
function sameSourceErrors(path: string, { dataSource: source, dataSourceRef: reference }: PersistentVolumeClaimSpec) {
  if (!source || !reference) return []
  if (reference.namespace)
    return [field.invalid(path, `${path}.dataSource`, 'may not be specified when dataSourceRef.namespace is specified')]
  const same = (['apiGroup', 'kind', 'name'] as const).every((part) => source[part] === reference[part])
  return same ? [] : [field.invalid(path, `${path}.dataSource`, 'must match dataSourceRef')]
}

const IMMUTABLE =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims'

const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class'

function updateErrors(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): readonly FieldError[] {
  const [spec, before] = [claim.spec ?? {}, old.spec ?? {}]
  const compared = withOldFreedoms(spec, old)
  const errors: FieldError[] = []
  const annotation = claim.metadata?.annotations?.[BETA_CLASS] ?? ''
  if (annotation !== (old.metadata?.annotations?.[BETA_CLASS] ?? ''))
    errors.push(field.invalid(`metadata.annotations.${BETA_CLASS}`, annotation, 'field is immutable'))
  if (!jsonEqual(compared, before)) {
    const diff = unifiedDiff(internalClaimSpecLines(before), internalClaimSpecLines(compared))
    errors.push(field.forbidden('spec', `${IMMUTABLE}\n${diff}`))
  }
  const amount = (text: string | undefined): bigint => parseQuantity(text ?? '0')?.nano ?? 0n
  const wanted = amount(spec.resources?.requests?.storage)
  const shrinks = wanted < amount(before.resources?.requests?.storage)
  // A failed growth may be taken back, but never below what there is.
  if (shrinks && wanted <= amount(old.status?.capacity?.storage))
    errors.push(field.forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity'))
  if (spec.volumeMode !== before.volumeMode)
    errors.push(field.invalid('volumeMode', spec.volumeMode, 'field is immutable'))
  return [...errors, ...attributesErrors(spec, before)]
}

function attributesErrors(spec: PersistentVolumeClaimSpec, before: PersistentVolumeClaimSpec): readonly FieldError[] {
  const { volumeAttributesClassName: name } = spec
  if (before.volumeAttributesClassName === undefined || name === before.volumeAttributesClassName || name) return []
  const what = name === undefined ? 'nil' : 'an empty string'
  return [field.forbidden('spec.volumeAttributesClassName', `update from non-nil value to ${what} is forbidden`)]
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
