import type { DescribeContext } from '../../api/kind.ts'
import type { ServiceCIDR } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, indent, labelLines } from '../describe/lines.ts'
import { rfc1123 } from '../format/time.ts'

/** `kubectl describe servicecidr` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeServiceCIDRV1). */
export function describeServiceCIDR(object: ServiceCIDR, context: DescribeContext): readonly string[] {
  const rows = (object.status?.conditions ?? []).map(({ type, status, lastTransitionTime, reason, message }) =>
    [type, status, rfc1123(lastTransitionTime), reason, message].join('\t'),
  )
  const head = [
    'Type\tStatus\tLastTransitionTime\tReason\tMessage',
    '----\t------\t------------------\t------\t-------',
  ]
  return [
    `Name:\t${object.metadata?.name ?? ''}`,
    ...labelLines('Labels', object.metadata?.labels),
    ...annotationLines('Annotations', object.metadata?.annotations),
    `CIDRs:\t${(object.spec?.cidrs ?? []).join(', ')}`,
    ...(rows.length === 0 ? [] : ['Status:', 'Conditions:', ...indent(1, [...head, ...rows])]),
    ...eventLines('ServiceCIDR', object, context),
  ]
}
