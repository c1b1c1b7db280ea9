import type { DescribeContext } from '../../api/kind.ts'
import type { ReplicaSet } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, controllerLines, labelLines, nameLines } from '../describe/lines.ts'
import { podTemplateLines } from '../describe/pod-template.ts'
import { conditionLines, podsStatusLine } from '../describe/workload.ts'
import { labelSelectorText } from '../format/labels.ts'

/** `kubectl describe replicaset` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeReplicaSet). */
export function describeReplicaSet(replicaSet: ReplicaSet, context: DescribeContext): readonly string[] {
  const { metadata, spec, status } = replicaSet
  return [
    ...nameLines(replicaSet),
    `Selector:\t${labelSelectorText(spec?.selector)}`,
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    ...controllerLines(replicaSet),
    `Replicas:\t${status?.replicas ?? 0} current / ${spec?.replicas ?? 0} desired`,
    podsStatusLine(replicaSet, context),
    ...podTemplateLines(spec?.template),
    ...conditionLines(status?.conditions),
    ...eventLines('ReplicaSet', replicaSet, context),
  ]
}
