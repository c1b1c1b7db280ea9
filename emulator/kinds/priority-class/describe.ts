import type { DescribeContext } from '../../api/kind.ts'
import type { PriorityClass } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { formatLabels } from '../format/labels.ts'

/** `kubectl describe pc` (upstream: k8s.io/kubectl/pkg/describe/describe.go describePriorityClass). */
export const describePriorityClass = (object: PriorityClass, context: DescribeContext): readonly string[] => [
  `Name:\t${object.metadata?.name ?? ''}`,
  `Value:\t${object.value ?? 0}`,
  `GlobalDefault:\t${object.globalDefault ?? false}`,
  `PreemptionPolicy:\t${object.preemptionPolicy ?? ''}`,
  `Description:\t${object.description ?? ''}`,
  `Annotations:\t${formatLabels(object.metadata?.annotations)}`,
  ...eventLines('PriorityClass', object, context),
]
