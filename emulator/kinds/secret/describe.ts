import { decodeBase64 } from '../../api/base64.ts'
import type { Secret } from '../../generated/types.ts'
import { annotationLines, labelLines, nameLines } from '../describe/lines.ts'
import { base64Length } from '../format/base64.ts'
import { byBytes } from '../format/labels.ts'

/** `kubectl describe secret`: sizes, never values but for tokens (upstream: k8s.io/kubectl/pkg/describe/describe.go describeSecret). */
export function describeSecret(secret: Secret): readonly string[] {
  const { metadata, type, data = {} } = secret
  return [
    ...nameLines(secret),
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    '',
    `Type:\t${type ?? ''}`,
    '',
    'Data',
    '====',
    ...Object.entries(data)
      .sort(([a], [b]) => byBytes(a, b))
      .map(([key, value]) => `${key}:\t${shown(type, key, value)}`),
  ]
}

const shown = (type: string | undefined, key: string, value: string): string =>
  type === 'kubernetes.io/service-account-token' && key === 'token'
    ? (decodeBase64(value) ?? '')
    : `${base64Length(value)} bytes`
