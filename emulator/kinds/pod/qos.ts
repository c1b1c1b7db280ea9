import { parseQuantity } from '../../api/quantity.ts'
import type { Container, Pod } from '../../generated/types.ts'

/** Guaranteed, Burstable or BestEffort (upstream: pkg/apis/core/v1/helper/qos). */
export function qosClass({ spec }: Pod): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]
  if (!containers.some(asksForAnything)) return 'BestEffort'
  return containers.every(isGuaranteed) ? 'Guaranteed' : 'Burstable'
}

const COMPUTE = ['cpu', 'memory'] as const

function asksForAnything({ resources }: Container): boolean {
  return COMPUTE.some((name) => amount(resources?.limits?.[name]) > 0n || amount(resources?.requests?.[name]) > 0n)
}

function isGuaranteed({ resources }: Container): boolean {
  return COMPUTE.every((name) => {
    const limit = amount(resources?.limits?.[name])
    return limit > 0n && limit === amount(resources?.requests?.[name] ?? resources?.limits?.[name])
  })
}

const amount = (text: string | undefined): bigint => parseQuantity(text ?? '0')?.nano ?? 0n
