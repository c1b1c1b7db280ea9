import type { ObjectClient } from '../api/client.ts'
import type { KindDefinition } from '../api/kind.ts'
import type { Quantity } from '../api/quantity.ts'
import type { KubeObject } from '../api/types.ts'
import type { ResourceQuota } from '../generated/types.ts'
import { type Amounts, amountOf, plus, toList } from '../kinds/resource-quota/amounts.ts'
import { evaluatorOf, quotaMeans } from '../kinds/resource-quota/evaluate.ts'
import { resourceQuota as quotaKind } from '../kinds/resource-quota.ts'
import { type ControllerDefinition, defineController } from './controller.ts'
import { isDeleting, keyOf } from './metadata.ts'

/**
 * Counts what a namespace holds against its quotas (upstream: pkg/controller/resourcequota). `kinds` are all that may be
 * counted; a namespace without quotas costs nothing.
 */
export function createResourceQuotaController(kinds: readonly KindDefinition[]): ControllerDefinition {
  // Objects never change, so what one takes is worked out once.
  const usages = new WeakMap<KubeObject, Amounts>()
  const usageOf = (kind: KindDefinition, object: KubeObject): Amounts => {
    const usage = usages.get(object) ?? evaluatorOf(kind).usage(object)
    usages.set(object, usage)
    return usage
  }
  const counted = kinds.filter(({ scope, answer, verbs }) => scope === 'Namespaced' && !answer && !verbs)
  return defineController({
    name: 'resourcequota-controller',
    for: quotaKind,
    watches: counted
      .filter((kind) => kind !== quotaKind)
      .map((kind) => ({
        kind,
        keys: (object, { objects }) =>
          objects
            .list(quotaKind, { namespace: object.metadata?.namespace })
            .filter((quota) => limits(quota, kind))
            .map(keyOf),
      })),
    delayMs: [10, 30],
    reconcile(key, { objects }) {
      const quota = objects.get(quotaKind, key.namespace, key.name)
      if (!quota || isDeleting(quota)) return undefined
      const hard = quota.spec?.hard ?? {}
      const used = usedBy(quota, counted, objects, usageOf)
      const shown = new Map(Object.keys(hard).map((name) => [name, used.get(name) ?? amountOf('0')]))
      objects.updateStatus(quotaKind, { ...quota, status: { hard, used: toList(shown) } })
      return undefined
    },
  })
}

function limits({ spec }: ResourceQuota, kind: KindDefinition): boolean {
  const evaluator = evaluatorOf(kind)
  return Object.keys(spec?.hard ?? {}).some((name) => evaluator.measures(name))
}

function usedBy(
  quota: ResourceQuota,
  kinds: readonly KindDefinition[],
  objects: ObjectClient,
  usageOf: (kind: KindDefinition, object: KubeObject) => Amounts,
): Amounts {
  const used = new Map<string, Quantity>()
  for (const kind of kinds.filter((each) => limits(quota, each))) {
    const evaluator = evaluatorOf(kind)
    for (const object of objects.list(kind, { namespace: quota.metadata?.namespace })) {
      if (!quotaMeans(quota, evaluator, object)) continue
      for (const [name, amount] of usageOf(kind, object)) used.set(name, plus(used.get(name) ?? amountOf('0'), amount))
    }
  }
  return used
}
