import type { DescribeContext } from '../../api/kind.ts'
import type { ReplicationController } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, labelLines, nameLines } from '../describe/lines.ts'
import { podTemplateLines } from '../describe/pod-template.ts'
import { conditionLines, podsStatusLine } from '../describe/workload.ts'
import { formatLabels } from '../format/labels.ts'

/** `kubectl describe rc` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeReplicationController). */
export function describeReplicationController(
  object: ReplicationController,
  context: DescribeContext,
): readonly string[] {
  const { metadata, spec, status } = object
  const owner = { ...object, spec: { selector: { matchLabels: spec?.selector ?? {} } } }
  return [
    ...nameLines(object),
    `Selector:\t${formatLabels(spec?.selector)}`,
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    `Replicas:\t${status?.replicas ?? 0} current / ${spec?.replicas ?? 0} desired`,
    podsStatusLine(owner, context),
    ...podTemplateLines(spec?.template),
    ...conditionLines(status?.conditions),
    ...eventLines('ReplicationController', object, context),
  ]
}
