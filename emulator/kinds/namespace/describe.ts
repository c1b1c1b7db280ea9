import type { DescribeContext } from '../../api/kind.ts'
import type { LimitRange, Namespace, ResourceQuota } from '../../generated/types.ts'
import { annotationLines, indent, labelLines } from '../describe/lines.ts'
import { rfc1123 } from '../format/time.ts'
import { limitRangeSection } from '../limit-range/describe.ts'
import { resourceQuotaSection } from '../resource-quota/describe.ts'

/** `kubectl describe namespace` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeNamespace). */
export function describeNamespace({ metadata, status }: Namespace, context: DescribeContext): readonly string[] {
  const rows = (status?.conditions ?? []).map(
    ({ type, status: value, lastTransitionTime, reason, message }) =>
      `${type}\t${value}\t${rfc1123(lastTransitionTime)}\t${reason ?? ''}\t${message ?? ''}`,
  )
  const header = [
    'Type\tStatus\tLastTransitionTime\tReason\tMessage',
    '----\t------\t------------------\t------\t-------',
  ]
  return [
    `Name:\t${metadata?.name ?? ''}`,
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    `Status:\t${status?.phase ?? ''}`,
    ...(rows.length === 0 ? [] : ['Conditions:', ...indent(1, [...header, ...rows])]),
    '',
    ...resourceQuotaSection(context.list<ResourceQuota>('resourcequotas', { namespace: metadata?.name ?? '' })),
    '',
    ...limitRangeSection(context.list<LimitRange>('limitranges', { namespace: metadata?.name ?? '' })),
  ]
}
