import type { DescribeContext } from '../../api/kind.ts'
import type { ConfigMap } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, labelLines, nameLines } from '../describe/lines.ts'
import { base64Length } from '../format/base64.ts'
import { byBytes } from '../format/labels.ts'

/** `kubectl describe configmap` (upstream: k8s.io/kubectl/pkg/describe/describe.go ConfigMapDescriber). */
export function describeConfigMap(configMap: ConfigMap, context: DescribeContext): readonly string[] {
  const { metadata, data = {}, binaryData = {} } = configMap
  const sorted = (map: { readonly [key: string]: string }) => Object.entries(map).sort(([a], [b]) => byBytes(a, b))
  return [
    ...nameLines(configMap),
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    '',
    'Data',
    '====',
    ...sorted(data).flatMap(([key, value]) => [`${key}:`, '----', ...value.split('\n'), '']),
    '',
    'BinaryData',
    '====',
    ...sorted(binaryData).map(([key, value]) => `${key}: ${base64Length(value)} bytes`),
    '',
    ...eventLines('ConfigMap', configMap, context),
  ]
}
