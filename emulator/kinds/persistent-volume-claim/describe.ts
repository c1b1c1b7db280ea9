import { age } from '../../api/age.ts'
import type { DescribeContext } from '../../api/kind.ts'
import type { PersistentVolumeClaim, Pod } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, indent, labelLines, nameLines, titled } from '../describe/lines.ts'
import { byBytes } from '../format/labels.ts'
import { rfc1123 } from '../format/time.ts'
import { accessModesText } from '../storage/access-modes.ts'
import { storageClassOf } from '../storage/class-of.ts'

/** `kubectl describe pvc` (upstream: k8s.io/kubectl/pkg/describe/describe.go describePersistentVolumeClaim). */
export function describePersistentVolumeClaim(
  claim: PersistentVolumeClaim,
  context: DescribeContext,
): readonly string[] {
  const { metadata, status } = claim
  const deleted = metadata?.deletionTimestamp
  return [
    ...nameLines(claim),
    `StorageClass:\t${storageClassOf(claim)}`,
    `Status:\t${deleted ? `Terminating (lasts ${age(deleted, context.now)})` : (status?.phase ?? '')}`,
    ...claimLines(claim, [`Finalizers:\t[${(metadata?.finalizers ?? []).join(' ')}]`]),
    ...titled('Used By', podsUsing(claim, context)),
    ...conditionLines(claim),
    ...eventLines('PersistentVolumeClaim', claim, context),
  ]
}

/** What a claim and the template of one have in common. */
export function claimLines(claim: PersistentVolumeClaim, finalizers: readonly string[] = []): readonly string[] {
  const { metadata, spec = {}, status } = claim
  const bound = spec.volumeName !== undefined && spec.volumeName !== ''
  const { dataSource } = spec
  return [
    `Volume:\t${spec.volumeName ?? ''}`,
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    ...finalizers,
    `Capacity:\t${bound ? (status?.capacity?.storage ?? '0') : ''}`,
    `Access Modes:\t${bound ? accessModesText(status?.accessModes) : ''}`,
    ...(spec.volumeMode ? [`VolumeMode:\t${spec.volumeMode}`] : []),
    ...(dataSource
      ? [
          'DataSource:',
          ...indent(1, [
            ...(dataSource.apiGroup === undefined ? [] : [`APIGroup:\t${dataSource.apiGroup}`]),
            `Kind:\t${dataSource.kind}`,
            `Name:\t${dataSource.name}`,
          ]),
        ]
      : []),
  ]
}

function podsUsing({ metadata }: PersistentVolumeClaim, context: DescribeContext): readonly string[] {
  return context
    .list<Pod>('pods', { namespace: metadata?.namespace ?? '' })
    .filter(({ spec }) => spec?.volumes?.some((volume) => volume.persistentVolumeClaim?.claimName === metadata?.name))
    .map((pod) => pod.metadata?.name ?? '')
    .sort(byBytes)
}

function conditionLines({ status }: PersistentVolumeClaim): readonly string[] {
  if (!status?.conditions?.length) return []
  const rows = status.conditions.map(
    ({ type, status: value, lastProbeTime, lastTransitionTime, reason, message }) =>
      `${type} \t${value} \t${rfc1123(lastProbeTime)} \t${rfc1123(lastTransitionTime)} \t${reason ?? ''} \t${message ?? ''}`,
  )
  const head = 'Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage'
  return [
    'Conditions:',
    ...indent(1, [head, '----\t------\t-----------------\t------------------\t------\t-------', ...rows]),
  ]
}
