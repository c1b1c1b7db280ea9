import { age } from '../../api/age.ts'
import type { DescribeContext } from '../../api/kind.ts'
import type { NodeSelectorRequirement, PersistentVolume, PersistentVolumeSpec } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, indent, labelLines } from '../describe/lines.ts'
import { volumeSourceLines } from '../describe/volumes.ts'
import { accessModesText } from '../storage/access-modes.ts'
import { storageClassOf } from '../storage/class-of.ts'

/** `kubectl describe pv` (upstream: k8s.io/kubectl/pkg/describe/describe.go describePersistentVolume). */
export function describePersistentVolume(volume: PersistentVolume, context: DescribeContext): readonly string[] {
  const { metadata, spec = {}, status } = volume
  const deleted = metadata?.deletionTimestamp
  const claim = spec.claimRef
  return [
    `Name:\t${metadata?.name ?? ''}`,
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    `Finalizers:\t[${(metadata?.finalizers ?? []).join(' ')}]`,
    `StorageClass:\t${storageClassOf(volume)}`,
    `Status:\t${deleted ? `Terminating (lasts ${age(deleted, context.now)})` : (status?.phase ?? '')}`,
    `Claim:\t${claim ? `${claim.namespace ?? ''}/${claim.name ?? ''}` : ''}`,
    `Reclaim Policy:\t${spec.persistentVolumeReclaimPolicy ?? ''}`,
    `Access Modes:\t${accessModesText(spec.accessModes)}`,
    ...(spec.volumeMode ? [`VolumeMode:\t${spec.volumeMode}`] : []),
    `Capacity:\t${spec.capacity?.storage ?? '0'}`,
    ...affinityLines(spec.nodeAffinity),
    `Message:\t${status?.message ?? ''}`,
    'Source:',
    ...sourceLines(spec),
    ...eventLines('PersistentVolume', volume, context),
  ]
}

function affinityLines(affinity: PersistentVolumeSpec['nodeAffinity']): readonly string[] {
  const required = affinity?.required
  if (!required) return ['Node Affinity:\t<none>']
  const terms = required.nodeSelectorTerms ?? []
  if (terms.length === 0) return ['Node Affinity:\t', '  Required Terms:\t<none>']
  return [
    'Node Affinity:\t',
    '  Required Terms:\t',
    ...terms.flatMap(({ matchExpressions = [] }, index) => {
      if (matchExpressions.length === 0) return [`    Term ${index}:\t<none>`]
      return matchExpressions.map((each, at) => `    ${at === 0 ? `Term ${index}:` : ''}\t${expressionText(each)}`)
    }),
  ]
}

const expressionText = ({ key, operator, values }: NodeSelectorRequirement): string =>
  `${key} ${operator.toLowerCase()}${values?.length ? ` [${values.join(', ')}]` : ''}`

/** A claimable volume prints its source as a Pod's volume does, but for `local` and `csi`, which have more to say here. */
function sourceLines({ local, csi, hostPath, nfs }: PersistentVolumeSpec): readonly string[] {
  if (local)
    return indent(2, [
      'Type:\tLocalVolume (a persistent volume backed by local storage on a node)',
      `Path:\t${local.path}`,
    ])
  if (csi) {
    const attributes = Object.entries(csi.volumeAttributes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
    return indent(2, [
      'Type:\tCSI (a Container Storage Interface (CSI) volume source)',
      `Driver:\t${csi.driver}`,
      `FSType:\t${csi.fsType ?? ''}`,
      `VolumeHandle:\t${csi.volumeHandle}`,
      `ReadOnly:\t${csi.readOnly ?? false}`,
      ...(attributes.length === 0
        ? ['VolumeAttributes:\t<none>']
        : attributes.map(([key, value], at) => `${at === 0 ? 'VolumeAttributes:' : '    '}\t${key}=${value}`)),
    ])
  }
  if (hostPath) return indent(2, volumeSourceLines({ name: '', hostPath }))
  return nfs ? indent(2, volumeSourceLines({ name: '', nfs })) : ['  <unknown>']
}
