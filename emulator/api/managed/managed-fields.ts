/** `metadata.managedFields`: who owns which field (upstream: structured-merge-diff, apimachinery/pkg/util/managedfields). */
import type { KindDefinition } from '../kind.ts'
import type { KubeObject } from '../types.ts'

/** Who writes, when, and through which subresource. */
export interface Writer {
  readonly manager: string
  readonly now: number
  readonly subresource?: string | undefined
}

export interface Apply {
  readonly force: boolean
}

export function managedAfterUpdate(
  _kind: KindDefinition,
  object: KubeObject,
  _old: KubeObject | undefined,
  _by: Writer,
): KubeObject {
  return object
}
export function managedAfterApply(
  _kind: KindDefinition,
  object: KubeObject,
  _old: KubeObject | undefined,
  _by: Writer & Apply,
): KubeObject {
  return object
}
