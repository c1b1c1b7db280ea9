import type { DescribeContext } from '../../api/kind.ts'
import type { IngressClass } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, indent, labelLines } from '../describe/lines.ts'

/** `kubectl describe ingressclass` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeIngressClassV1). */
export function describeIngressClass(object: IngressClass, context: DescribeContext): readonly string[] {
  const { metadata, spec = {} } = object
  const { parameters } = spec
  return [
    `Name:\t${metadata?.name ?? ''}`,
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    `Controller:\t${spec.controller ?? ''}`,
    ...(parameters
      ? [
          'Parameters:',
          ...indent(1, [
            ...(parameters.apiGroup === undefined ? [] : [`APIGroup:\t${parameters.apiGroup}`]),
            `Kind:\t${parameters.kind}`,
            `Name:\t${parameters.name}`,
          ]),
        ]
      : []),
    ...eventLines('IngressClass', object, context),
  ]
}
