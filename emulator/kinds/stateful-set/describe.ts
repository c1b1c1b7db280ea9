import type { DescribeContext } from '../../api/kind.ts'
import type { StatefulSet } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, indent, labelLines, nameLines } from '../describe/lines.ts'
import { podTemplateLines } from '../describe/pod-template.ts'
import { podsStatusLine } from '../describe/workload.ts'
import { labelSelectorText } from '../format/labels.ts'
import { rfc1123 } from '../format/time.ts'

/** `kubectl describe statefulset` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeStatefulSet). */
export function describeStatefulSet(set: StatefulSet, context: DescribeContext): readonly string[] {
  const { metadata, spec, status } = set
  const { partition, maxUnavailable } = spec?.updateStrategy?.rollingUpdate ?? {}
  return [
    ...nameLines(set),
    `CreationTimestamp:\t${rfc1123(metadata?.creationTimestamp)}`,
    `Selector:\t${labelSelectorText(spec?.selector)}`,
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    `Replicas:\t${spec?.replicas ?? 0} desired | ${status?.replicas ?? 0} total`,
    `Update Strategy:\t${spec?.updateStrategy?.type ?? ''}`,
    ...indent(1, [
      ...(partition === undefined ? [] : [`Partition:\t${partition}`]),
      ...(partition === undefined || maxUnavailable === undefined ? [] : [`MaxUnavailable:\t${maxUnavailable}`]),
    ]),
    podsStatusLine(set, context),
    ...podTemplateLines(spec?.template),
    'Volume Claims:\t<none>',
    ...eventLines('StatefulSet', set, context),
  ]
}
