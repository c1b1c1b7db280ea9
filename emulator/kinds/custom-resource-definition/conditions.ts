import { timestamp } from '../../api/age.ts'
import type { CustomResourceDefinition, CustomResourceDefinitionCondition } from '../../generated/types.ts'

/** Holds a definition until its objects are gone. */
export const CLEANUP_FINALIZER = 'customresourcecleanup.apiextensions.k8s.io'

type Condition = Omit<CustomResourceDefinitionCondition, 'lastTransitionTime'>

/** The definition with this condition; its time moves only when its status does. */
export function withCondition(
  definition: CustomResourceDefinition,
  condition: Condition,
  now: number,
): CustomResourceDefinition {
  const conditions = definition.status?.conditions ?? []
  const old = conditions.find(({ type }) => type === condition.type)
  const lastTransitionTime = old?.status === condition.status ? old.lastTransitionTime : timestamp(now)
  const next = { ...condition, ...(lastTransitionTime !== undefined && { lastTransitionTime }) }
  const all = old ? conditions.map((one) => (one === old ? next : one)) : [...conditions, next]
  return { ...definition, status: { ...definition.status, conditions: all } }
}

/** Does a condition hold? */
export const isTrue = ({ status }: CustomResourceDefinition, type: string): boolean =>
  status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false
