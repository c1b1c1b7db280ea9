import type { DescribeContext } from '../../api/kind.ts'
import type { StorageClass, TopologySelectorTerm } from '../../generated/types.ts'
import { boolPointerText } from '../describe/bool.ts'
import { eventLines } from '../describe/events.ts'
import { indent } from '../describe/lines.ts'
import { formatLabels } from '../format/labels.ts'
import { isDefaultClass } from '../storage/class-of.ts'

/** `kubectl describe sc` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeStorageClass). */
export function describeStorageClass(object: StorageClass, context: DescribeContext): readonly string[] {
  const { metadata, mountOptions = [], allowedTopologies } = object
  return [
    `Name:\t${metadata?.name ?? ''}`,
    `IsDefaultClass:\t${isDefaultClass(object) ? 'Yes' : 'No'}`,
    `Annotations:\t${formatLabels(metadata?.annotations)}`,
    `Provisioner:\t${object.provisioner}`,
    `Parameters:\t${formatLabels(object.parameters)}`,
    `AllowVolumeExpansion:\t${boolPointerText(object.allowVolumeExpansion)}`,
    ...(mountOptions.length === 0 ? ['MountOptions:\t<none>'] : ['MountOptions:', ...indent(1, mountOptions)]),
    `ReclaimPolicy:\t${object.reclaimPolicy ?? ''}`,
    `VolumeBindingMode:\t${object.volumeBindingMode ?? ''}`,
    ...(allowedTopologies ? topologyLines(allowedTopologies) : []),
    ...eventLines('StorageClass', object, context),
  ]
}

function topologyLines(terms: readonly TopologySelectorTerm[]): readonly string[] {
  if (terms.length === 0) return ['AllowedTopologies:\t<none>']
  return [
    'AllowedTopologies:\t',
    ...terms.flatMap(({ matchLabelExpressions = [] }, index) => {
      if (matchLabelExpressions.length === 0) return [`  Term ${index}:\t<none>`]
      return matchLabelExpressions.map(
        ({ key, values }, at) => `  ${at === 0 ? `Term ${index}:` : ''}\t${key} in [${(values ?? []).join(', ')}]`,
      )
    }),
  ]
}
