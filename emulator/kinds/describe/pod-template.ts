import type { PodTemplateSpec, TopologySpreadConstraint } from '../../generated/types.ts'
import { labelSelectorText } from '../format/labels.ts'
import { containerLines } from './containers.ts'
import { annotationLines, labelLines } from './lines.ts'
import { tolerationLines } from './tolerations.ts'
import { volumeLines } from './volumes.ts'

/** The Pod Template section (upstream: describe.go DescribePodTemplate). */
export function podTemplateLines(template: PodTemplateSpec | undefined): readonly string[] {
  if (!template) return ['Pod Template:', '  <unset>']
  const { metadata, spec } = template
  const annotated = Object.keys(metadata?.annotations ?? {}).length > 0
  return [
    'Pod Template:',
    ...labelLines('  Labels', metadata?.labels),
    ...(annotated ? annotationLines('  Annotations', metadata?.annotations) : []),
    ...(spec?.serviceAccountName ? [`  Service Account:\t${spec.serviceAccountName}`] : []),
    ...(spec?.initContainers?.length
      ? containerLines('Init Containers', spec.initContainers, undefined, undefined)
      : []),
    ...containerLines('Containers', spec?.containers ?? [], undefined, undefined),
    ...volumeLines(spec?.volumes, '  '),
    ...spreadLines(spec?.topologySpreadConstraints, '  '),
    ...(spec?.priorityClassName ? [`  Priority Class Name:\t${spec.priorityClassName}`] : []),
    ...labelLines('  Node-Selectors', spec?.nodeSelector),
    ...tolerationLines('  Tolerations', spec?.tolerations),
  ]
}

/** `Topology Spread Constraints:\tzone:DoNotSchedule when max skew 1 is exceeded for selector app=web`. */
export function spreadLines(
  constraints: readonly TopologySpreadConstraint[] | undefined,
  space: '' | '  ',
): readonly string[] {
  return [...(constraints ?? [])]
    .sort((a, b) => (a.topologyKey < b.topologyKey ? -1 : a.topologyKey > b.topologyKey ? 1 : 0))
    .map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }, index) => {
      const selector = labelSelector ? ` for selector ${labelSelectorText(labelSelector)}` : ''
      const text = `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selector}`
      return index === 0 ? `${space}Topology Spread Constraints:\t${text}` : `${space}\t${text}`
    })
}
