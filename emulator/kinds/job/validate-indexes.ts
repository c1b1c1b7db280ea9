import { type FieldError, field } from '../../api/field.ts'
import { dns1123LabelErrors } from '../../api/names.ts'
import type { Job, JobSpec } from '../../generated/types.ts'
import { nonNegativeErrors } from '../validation/numbers.ts'

const MAX_PARALLELISM = 100_000
const MAX_FAILED_INDEXES = 100_000
/** Beyond so many completions a limit for each index asks for the narrower bounds. */
const MANY_COMPLETIONS = 100_000
const MAX_WITH_MANY = 10_000

/** Limits that count by index. */
export function indexLimitErrors(path: string, spec: JobSpec): readonly FieldError[] {
  const { backoffLimitPerIndex: limit, maxFailedIndexes: most } = spec
  return [
    ...nonNegativeErrors(`${path}.backoffLimitPerIndex`, limit),
    ...nonNegativeErrors(`${path}.maxFailedIndexes`, most),
    ...(most !== undefined && limit === undefined
      ? [field.required(`${path}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified')]
      : []),
  ]
}

/** What the completion mode asks of the other fields (upstream: pkg/apis/batch/validation validateJobSpec). */
export function completionModeErrors(path: string, spec: JobSpec): readonly FieldError[] {
  const { completionMode: mode = 'NonIndexed', backoffLimitPerIndex: limit, maxFailedIndexes: most } = spec
  if (mode === 'Indexed') return indexedErrors(path, spec)
  if (mode !== 'NonIndexed') return [field.notSupported(`${path}.completionMode`, mode, ['NonIndexed', 'Indexed'])]
  const needsIndexes = (name: string, value: number | undefined) =>
    value === undefined ? [] : [field.invalid(`${path}.${name}`, value, 'requires indexed completion mode')]
  return [...needsIndexes('backoffLimitPerIndex', limit), ...needsIndexes('maxFailedIndexes', most)]
}

function indexedErrors(path: string, spec: JobSpec): readonly FieldError[] {
  const { completions, parallelism = 0, backoffLimitPerIndex, maxFailedIndexes: most } = spec
  const errors: FieldError[] = []
  const bound = (name: 'parallelism' | 'maxFailedIndexes', limit: number, when = '') => {
    const value = spec[name] ?? 0
    if (value > limit)
      errors.push(field.invalid(`${path}.${name}`, value, `must be less than or equal to ${limit}${when}`))
  }
  if (completions === undefined) errors.push(field.required(`${path}.completions`, 'when completion mode is Indexed'))
  if (parallelism > MAX_PARALLELISM) bound('parallelism', MAX_PARALLELISM, ' when completion mode is Indexed')
  if (completions !== undefined && most !== undefined && most > completions)
    errors.push(field.invalid(`${path}.maxFailedIndexes`, most, 'must be less than or equal to completions'))
  bound('maxFailedIndexes', MAX_FAILED_INDEXES)
  if (completions === undefined || completions <= MANY_COMPLETIONS || backoffLimitPerIndex === undefined) return errors
  if (most === undefined)
    errors.push(
      field.required(`${path}.maxFailedIndexes`, `must be specified when completions is above ${MANY_COMPLETIONS}`),
    )
  const when = ` when completions are above ${MANY_COMPLETIONS} and used with backoff limit per index`
  bound('parallelism', MAX_WITH_MANY, when)
  bound('maxFailedIndexes', MAX_WITH_MANY, when)
  return errors
}

/** The hostname of the last Pod, `web-9`, must be one (upstream: ValidateJob). */
export function hostnameErrors({ metadata, spec }: Job): readonly FieldError[] {
  const name = metadata?.name ?? ''
  const completions = spec?.completions ?? 0
  if (spec?.completionMode !== 'Indexed' || completions <= 0) return []
  const hostname = `${name}-${completions - 1}`
  return dns1123LabelErrors(hostname).length === 0
    ? []
    : [field.invalid('metadata.name', name, `will not able to create pod with invalid DNS label: ${hostname}`)]
}
