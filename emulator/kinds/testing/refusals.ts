import { fieldErrorText, StatusError } from '../../api/errors.ts'
import type { KubeObject } from '../../api/types.ts'
import { kindOf, strategyContext } from './fake-objects.ts'

/** What the API server says to a new object: each field error as printed, or the message of an allocation that failed. */
export function refusals(object: KubeObject, others: readonly KubeObject[] = []): readonly string[] {
  return answers(() => prepared(object, others), undefined)
}

/** What it says to a change of an object that stands as it was created. */
export function updateRefusals(
  created: KubeObject,
  changed: KubeObject,
  others: readonly KubeObject[] = [],
): readonly string[] {
  const old = prepared(created, others)
  const kind = kindOf(changed)
  return answers(() => {
    const next = kind.default?.(changed) ?? changed
    return kind.strategy?.prepareForUpdate?.(next, old, strategyContext(others)) ?? next
  }, old)
}

/** The warnings that come with a new object. */
export const warningsOf = (object: KubeObject): readonly string[] =>
  kindOf(object).warnings?.(prepared(object, []), undefined) ?? []

function prepared(object: KubeObject, others: readonly KubeObject[]): KubeObject {
  const kind = kindOf(object)
  const defaulted = kind.default?.(object) ?? object
  return kind.strategy?.prepareForCreate?.(defaulted, strategyContext(others)) ?? defaulted
}

function answers(next: () => KubeObject, old: KubeObject | undefined): readonly string[] {
  try {
    const object = next()
    return (kindOf(object).validate?.(object, old) ?? []).map(fieldErrorText)
  } catch (error) {
    if (error instanceof StatusError) return [error.message]
    throw error
  }
}
