import { age } from '../../api/age.ts'
import { formatQuantity, parseQuantity, type Quantity } from '../../api/quantity.ts'
import type { Container, Node, Pod } from '../../generated/types.ts'
import { indent } from '../describe/lines.ts'
import { byBytes } from '../format/labels.ts'

type Side = 'requests' | 'limits'
type Amounts = ReadonlyMap<string, Quantity>

/** The Pods of a node with what they ask for, and the sums (upstream: describe.go describeNodeResource). */
export function podTableLines(node: Node, pods: readonly Pod[], now: number): readonly string[] {
  const allocatable = node.status?.allocatable ?? node.status?.capacity ?? {}
  const cell = (name: string, amounts: Amounts): string => {
    const amount = amounts.get(name) ?? NOTHING
    return `${formatQuantity(amount)} (${percent(amount, parseQuantity(allocatable[name] ?? '0') ?? NOTHING)}%)`
  }
  const rows = pods.map((pod) => {
    const requests = podAmounts(pod, 'requests')
    const limits = podAmounts(pod, 'limits')
    const cells = [cell('cpu', requests), cell('cpu', limits), cell('memory', requests), cell('memory', limits)]
    const { namespace, name, creationTimestamp } = pod.metadata ?? {}
    return `${namespace}\t${name}\t\t${cells.join('\t')}\t${age(creationTimestamp, now)}`
  })
  return [
    `Non-terminated Pods:\t(${pods.length} in total)`,
    ...indent(1, [
      'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge',
      '---------\t----\t\t------------\t----------\t---------------\t-------------\t---',
      ...rows,
    ]),
    'Allocated resources:',
    '  (Total limits may be over 100 percent, i.e., overcommitted.)',
    ...indent(1, totalLines(pods, allocatable, cell)),
  ]
}

function totalLines(
  pods: readonly Pod[],
  allocatable: { readonly [name: string]: string },
  cell: (name: string, amounts: Amounts) => string,
): readonly string[] {
  const requests = sum(pods.map((pod) => podAmounts(pod, 'requests')))
  const limits = sum(pods.map((pod) => podAmounts(pod, 'limits')))
  const names = Object.keys(allocatable).sort(byBytes)
  const huge = names.filter((name) => name.startsWith('hugepages-'))
  const extended = names.filter((name) => name.includes('/'))
  return [
    'Resource\tRequests\tLimits',
    '--------\t--------\t------',
    ...['cpu', 'memory', 'ephemeral-storage', ...huge].map(
      (name) => `${name}\t${cell(name, requests)}\t${cell(name, limits)}`,
    ),
    ...extended.map(
      (name) =>
        `${name}\t${formatQuantity(requests.get(name) ?? NOTHING)}\t${formatQuantity(limits.get(name) ?? NOTHING)}`,
    ),
  ]
}

const NOTHING: Quantity = { nano: 0n, format: 'DecimalSI' }

const percent = (part: Quantity, whole: Quantity): bigint => (whole.nano === 0n ? 0n : (part.nano * 100n) / whole.nano)

/** A Pod asks for the sum of its containers, or for its greediest init container if that is more. Sidecars count always. */
function podAmounts({ spec }: Pod, side: Side): Amounts {
  const init = spec?.initContainers ?? []
  const sidecars = init.filter(({ restartPolicy }) => restartPolicy === 'Always')
  const running = sum([...(spec?.containers ?? []), ...sidecars].map((container) => containerAmounts(container, side)))
  const amounts = new Map(running)
  for (const [index, container] of init.entries()) {
    if (container.restartPolicy === 'Always') continue
    const before = init.slice(0, index).filter(({ restartPolicy }) => restartPolicy === 'Always')
    const needed = sum([container, ...before].map((each) => containerAmounts(each, side)))
    for (const [name, amount] of needed) if (amount.nano > (amounts.get(name)?.nano ?? -1n)) amounts.set(name, amount)
  }
  return amounts
}

function containerAmounts({ resources }: Container, side: Side): Amounts {
  const amounts = new Map<string, Quantity>()
  for (const [name, text] of Object.entries(resources?.[side] ?? {})) amounts.set(name, parseQuantity(text) ?? NOTHING)
  return amounts
}

/** Sums keep the notation of the first amount that is not nothing. */
function sum(lists: readonly Amounts[]): Amounts {
  const total = new Map<string, Quantity>()
  for (const list of lists)
    for (const [name, { nano, format }] of list) {
      const before = total.get(name)
      total.set(name, before && before.nano !== 0n ? { ...before, nano: before.nano + nano } : { nano, format })
    }
  return total
}
