import { isRecord } from '../../api/json.ts'
import type { PodSpec } from '../../generated/types.ts'
import { INTERNAL_TYPES, type InternalType } from './internal-types.ts'

/**
 * A PodSpec as the API server dumps its own, unversioned form of it: every field by its Go name, absent ones as null or
 * their zero value, one blank of indentation; rarely used parts keep their JSON form, which is where this differs (upstream: pkg/apis/core/types.go). Refused updates print a diff of it.
 */
export function internalPodSpecLines(spec: PodSpec): readonly string[] {
  const { hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers, securityContext, ...rest } = spec
  const internal = {
    ...rest,
    securityContext: { hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers, ...securityContext },
  }
  return JSON.stringify(convert(internal, 'PodSpec'), null, 1).split('\n')
}

/** A value in the unversioned form of `type`: what field errors print of it. */
export const internalForm = (value: unknown, type: string): unknown => convert(value, type)

function convert(value: unknown, type: string): unknown {
  const fields = INTERNAL_TYPES.get(type)
  if (!fields || !isRecord(value)) return value
  return Object.fromEntries(fields.map((field) => [field.goName, fieldValue(value, field)]))
}

function fieldValue(object: Readonly<Record<string, unknown>>, { name, zero, type }: InternalType): unknown {
  const value = object[name]
  if (value === undefined || value === null) return zero !== null && type ? convert({}, type) : zero
  if (!type) return value
  return Array.isArray(value) ? value.map((item) => convert(item, type)) : convert(value, type)
}
