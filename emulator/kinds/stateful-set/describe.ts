import type { DescribeContext } from '../../api/kind.ts'
import type { PersistentVolumeClaim, StatefulSet } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, indent, labelLines, nameLines, titled } from '../describe/lines.ts'
import { podTemplateLines } from '../describe/pod-template.ts'
import { podsStatusLine } from '../describe/workload.ts'
import { byBytes, labelSelectorText } from '../format/labels.ts'
import { rfc1123 } from '../format/time.ts'
import { storageClassOf } from '../storage/class-of.ts'

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
    ...claimTemplateLines(spec?.volumeClaimTemplates ?? []),
    ...eventLines('StatefulSet', set, context),
  ]
}

/** Upstream: describe.go describeVolumeClaimTemplates. */
function claimTemplateLines(templates: readonly PersistentVolumeClaim[]): readonly string[] {
  if (templates.length === 0) return ['Volume Claims:\t<none>']
  const one = (claim: PersistentVolumeClaim): readonly string[] => {
    const { metadata, spec } = claim
    const pairs = (map: { readonly [key: string]: string } | undefined) =>
      Object.entries(map ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .sort(byBytes)
    return indent(1, [
      `Name:\t${metadata?.name ?? ''}`,
      `StorageClass:\t${storageClassOf(claim)}`,
      ...titled('Labels', pairs(metadata?.labels)),
      ...titled('Annotations', pairs(metadata?.annotations)),
      `Capacity:\t${spec?.resources?.requests?.storage ?? '<default>'}`,
      `Access Modes:\t[${(spec?.accessModes ?? []).join(' ')}]`,
    ])
  }
  return ['Volume Claims:', ...templates.flatMap(one)]
}
