import type { DescribeContext } from '../../api/kind.ts'
import type { DaemonSet } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, labelLines, nameLines } from '../describe/lines.ts'
import { podTemplateLines } from '../describe/pod-template.ts'
import { podsStatusLine } from '../describe/workload.ts'
import { formatLabels, labelSelectorText } from '../format/labels.ts'

/** `kubectl describe daemonset` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeDaemonSet). */
export function describeDaemonSet(daemonSet: DaemonSet, context: DescribeContext): readonly string[] {
  const { metadata, spec, status } = daemonSet
  return [
    ...nameLines(daemonSet),
    `Selector:\t${labelSelectorText(spec?.selector)}`,
    `Node-Selector:\t${formatLabels(spec?.template.spec?.nodeSelector)}`,
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    `Desired Number of Nodes Scheduled: ${status?.desiredNumberScheduled ?? 0}`,
    `Current Number of Nodes Scheduled: ${status?.currentNumberScheduled ?? 0}`,
    `Number of Nodes Scheduled with Up-to-date Pods: ${status?.updatedNumberScheduled ?? 0}`,
    `Number of Nodes Scheduled with Available Pods: ${status?.numberAvailable ?? 0}`,
    `Number of Nodes Misscheduled: ${status?.numberMisscheduled ?? 0}`,
    podsStatusLine(daemonSet, context),
    ...podTemplateLines(spec?.template),
    ...eventLines('DaemonSet', daemonSet, context),
  ]
}
