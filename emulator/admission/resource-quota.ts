import type { AdmissionPlugin, AdmissionRequest } from '../api/admission.ts'
import type { ObjectClient } from '../api/client.ts'
import { forbidden } from '../api/errors.ts'
import type { KubeObject } from '../api/types.ts'
import type { ResourceQuota } from '../generated/types.ts'
import { type Amounts, amountsOf, amountsText, excess, masked, sum, toList } from '../kinds/resource-quota/amounts.ts'
import { evaluatorOf, quotaMeans } from '../kinds/resource-quota/evaluate.ts'
import { resourceQuota as quotaKind } from '../kinds/resource-quota.ts'

/**
 * Holds what is created in a namespace to its quotas, and books it at once: two requests cannot share what is left
 * (upstream: apiserver/pkg/admission/plugin/resourcequota). `own` acts as the API server.
 */
export function resourceQuota(own: () => ObjectClient): AdmissionPlugin {
  return {
    name: 'ResourceQuota',
    validate(request) {
      const { operation, kind, namespace, object, old, subresource, objects } = request
      if (namespace === undefined || !object || subresource || operation === 'DELETE') return
      const quotas = objects.list(quotaKind, { namespace })
      if (quotas.length === 0) return
      const evaluator = evaluatorOf(kind)
      if (operation === 'UPDATE' && !evaluator.onUpdate) return
      const usage = evaluator.usage(object)
      const booked = old ? evaluator.usage(old) : new Map()
      const wanted = masked(
        excess(usage, booked),
        (name) => (usage.get(name)?.nano ?? 0n) > (booked.get(name)?.nano ?? 0n),
      )
      const meant = quotas.filter(
        (quota) =>
          Object.keys(limitsOf(quota)).some((name) => evaluator.measures(name)) && quotaMeans(quota, evaluator, object),
      )
      checkSpecified(request, meant, object)
      for (const quota of meant) checkRoom(request, quota, wanted)
      if (request.dryRun || wanted.size === 0) return
      for (const quota of meant) book(own(), quota, wanted)
    },
  }
}

const limitsOf = ({ spec, status }: ResourceQuota) => status?.hard ?? spec?.hard ?? {}

function checkSpecified(
  { kind, name, operation }: AdmissionRequest,
  quotas: readonly ResourceQuota[],
  object: KubeObject,
) {
  const { missing } = evaluatorOf(kind)
  if (!missing || operation !== 'CREATE') return
  for (const quota of quotas) {
    const problem = missing(object, Object.keys(limitsOf(quota)))
    if (problem) throw forbidden(kind, name, `failed quota: ${quota.metadata?.name ?? ''}: ${problem}`)
  }
}

function checkRoom({ kind, name }: AdmissionRequest, quota: ResourceQuota, wanted: Amounts): void {
  const hard = amountsOf(limitsOf(quota))
  const used = amountsOf(quota.status?.used)
  const asked = masked(wanted, (resource) => hard.has(resource))
  const full = sum(used, asked)
  const exceeded = new Set(
    [...asked.keys()].filter((each) => (full.get(each)?.nano ?? 0n) > (hard.get(each)?.nano ?? 0n)),
  )
  if (exceeded.size === 0) return
  const text = (amounts: Amounts) => amountsText(masked(amounts, (resource) => exceeded.has(resource)))
  const zeros = new Map([...exceeded].map((resource) => [resource, { nano: 0n, format: 'DecimalSI' } as const]))
  throw forbidden(
    kind,
    name,
    `exceeded quota: ${quota.metadata?.name ?? ''}, requested: ${text(asked)}, used: ${text(sum(zeros, used))}, limited: ${text(hard)}`,
  )
}

/** Writes the new use into the quota's status; the controller corrects what comes to nothing after all. */
function book(objects: ObjectClient, quota: ResourceQuota, wanted: Amounts): void {
  const hard = limitsOf(quota)
  const asked = masked(wanted, (resource) => Object.hasOwn(hard, resource))
  if (asked.size === 0) return
  objects.updateStatus(quotaKind, {
    ...quota,
    status: { hard, used: toList(sum(amountsOf(quota.status?.used), asked)) },
  })
}
