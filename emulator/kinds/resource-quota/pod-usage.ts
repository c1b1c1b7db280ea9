import type { Container, Pod } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'
import { type Amounts, amountsOf, one, sum } from './amounts.ts'

/** Requests count under both their names; the rest only with a prefix (upstream: pkg/quota/v1/evaluator/core/pods.go podComputeUsageHelper). */
const SHORT_NAMES = new Set(['cpu', 'memory', 'ephemeral-storage'])

/** What a Pod takes of a quota. One that is over only counts as an object. */
export function podUsage(pod: Pod): Amounts {
  const counted: Amounts = new Map([['count/pods', one]])
  if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') return counted
  const usage = new Map([...counted, ['pods', one] as const])
  for (const [name, amount] of total(pod, 'requests')) {
    if (SHORT_NAMES.has(name) || name.startsWith('hugepages-')) usage.set(name, amount)
    usage.set(`requests.${name}`, amount)
  }
  for (const [name, amount] of total(pod, 'limits')) usage.set(`limits.${name}`, amount)
  return usage
}

/** All containers together, or the greediest init container, whatever is more; sidecars run beside both. */
function total({ spec }: Pod, side: 'requests' | 'limits'): Amounts {
  const of = ({ resources }: Container) => amountsOf(resources?.[side])
  const sidecar = ({ restartPolicy }: Container) => restartPolicy === 'Always'
  let running = (spec?.containers ?? []).map(of).reduce(sum, new Map())
  let starting: Amounts = new Map()
  let beside: Amounts = new Map()
  for (const container of spec?.initContainers ?? []) {
    if (sidecar(container)) {
      running = sum(running, of(container))
      beside = sum(beside, of(container))
      starting = greater(starting, beside)
    } else starting = greater(starting, sum(of(container), beside))
  }
  const overhead = side === 'requests' || running.size > 0 ? amountsOf(spec?.overhead) : new Map()
  return sum(greater(running, starting), overhead)
}

function greater(a: Amounts, b: Amounts): Amounts {
  const most = new Map(a)
  for (const [name, amount] of b) if (amount.nano > (most.get(name)?.nano ?? -1n)) most.set(name, amount)
  return most
}

const CONSTRAINED = new Set(['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'])

/** `must specify limits.cpu for: web` when a quota limits what containers leave open (upstream: podEvaluator.Constraints). */
export function unspecified({ spec }: Pod, limited: readonly string[]): string | undefined {
  const required = limited.filter((name) => CONSTRAINED.has(name)).sort(byBytes)
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]
  const missing = required.flatMap((name) => {
    const [side, resource] = name.startsWith('limits.')
      ? (['limits', name.slice('limits.'.length)] as const)
      : (['requests', name.replace('requests.', '')] as const)
    const lacking = containers.filter(({ resources }) => resources?.[side]?.[resource] === undefined)
    const names = lacking.map((container) => container.name).sort(byBytes)
    return names.length === 0 ? [] : [`${name} for: ${names.join(',')}`]
  })
  return missing.length === 0 ? undefined : `must specify ${missing.join('; ')}`
}
