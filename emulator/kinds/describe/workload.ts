import type { DescribeContext } from '../../api/kind.ts'
import type { KubeObject } from '../../api/types.ts'
import type { LabelSelector, Pod } from '../../generated/types.ts'
import { labelSelectorText } from '../format/labels.ts'
import { indent } from './lines.ts'

interface Condition {
  readonly type: string
  readonly status: string
  readonly reason?: string
}

/** The Conditions table of a Deployment or ReplicaSet. */
export function conditionLines(conditions: readonly Condition[] | undefined): readonly string[] {
  if (!conditions?.length) return []
  const rows = conditions.map(({ type, status, reason }) => `${type} \t${status}\t${reason ?? ''}`)
  return ['Conditions:', ...indent(1, ['Type\tStatus\tReason', '----\t------\t------', ...rows])]
}

/** `Pods Status:\t3 Running / 0 Waiting / …` of the Pods that a controller owns (upstream: describe.go getPodStatusForController). */
export function podsStatusLine(
  owner: KubeObject & { readonly spec?: { readonly selector?: LabelSelector } },
  context: DescribeContext,
): string {
  const pods = context.list<Pod>('pods', {
    namespace: owner.metadata?.namespace ?? '',
    labels: labelSelectorText(owner.spec?.selector),
  })
  const owned = pods.filter(({ metadata }) =>
    metadata?.ownerReferences?.some(({ controller, uid }) => controller && uid === owner.metadata?.uid),
  )
  const count = (phase: string): number => owned.filter(({ status }) => status?.phase === phase).length
  return `Pods Status:\t${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`
}
