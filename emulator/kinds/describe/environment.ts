import { milliValue, parseQuantity, wholeValue } from '../../api/quantity.ts'
import type { Container, EnvFromSource, EnvVar, Pod } from '../../generated/types.ts'
import { podFieldText } from '../pod/field-path.ts'
import { indent } from './lines.ts'

/** `Environment Variables from:` and `Environment:` of one container (upstream: describe.go describeContainerEnvVars). */
export function environmentLines(container: Container, pod: Pod | undefined): readonly string[] {
  const from = container.envFrom ?? []
  const variables = container.env ?? []
  return [
    ...(from.length === 0 ? [] : ['Environment Variables from:', ...indent(1, from.map(sourceLine))]),
    variables.length === 0 ? 'Environment:\t<none>' : 'Environment:',
    ...indent(
      1,
      variables.flatMap((variable) => variableLines(variable, container, pod)),
    ),
  ]
}

function sourceLine({ configMapRef, secretRef, prefix }: EnvFromSource): string {
  const reference = configMapRef ?? secretRef
  const kind = configMapRef ? 'ConfigMap' : secretRef ? 'Secret' : ''
  const source = prefix ? `${kind} with prefix '${prefix}'` : kind
  return `${reference?.name ?? ''}\t${source}\tOptional: ${reference?.optional ?? false}`
}

function variableLines(
  { name, value = '', valueFrom }: EnvVar,
  container: Container,
  pod: Pod | undefined,
): readonly string[] {
  if (!valueFrom) return value.split('\n').map((line, index) => (index === 0 ? `${name}:\t${line}` : `\t${line}`))
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom
  if (fieldRef) {
    const text = pod ? describedField(pod, fieldRef.fieldPath) : ''
    return [`${name}:\t${text} (${fieldRef.apiVersion ?? 'v1'}:${fieldRef.fieldPath})`]
  }
  if (resourceFieldRef) {
    const { resource, divisor } = resourceFieldRef
    const amount = resourceText(container, resource, divisor)
    const shown = amount === '0' && resource.startsWith('limits.') ? 'node allocatable' : amount
    return [`${name}:\t${shown} (${resource})`]
  }
  if (secretKeyRef)
    return [
      `${name}:\t<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name ?? ''}'>\tOptional: ${secretKeyRef.optional ?? false}`,
    ]
  if (configMapKeyRef)
    return [
      `${name}:\t<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name ?? ''}'>\tOptional: ${configMapKeyRef.optional ?? false}`,
    ]
  return []
}

/** kubectl resolves metadata only; spec and status fields it leaves empty. */
const describedField = (pod: Pod, path: string): string =>
  path.startsWith('metadata.') ? (podFieldText(pod, path) ?? '') : ''

/** The value that a resourceFieldRef stands for, divided and rounded up (upstream: resource.ExtractContainerResourceValue). */
export function resourceText({ resources }: Container, path: string, divisor: string | undefined): string {
  const [kind, name = ''] = path.split('.')
  const list = kind === 'limits' ? resources?.limits : resources?.requests
  const amount = parseQuantity(list?.[name] ?? '0')
  const by = parseQuantity(divisor && divisor !== '0' ? divisor : '1')
  if (!amount || !by) return ''
  const [value, unit] = name === 'cpu' ? [milliValue(amount), milliValue(by)] : [wholeValue(amount), wholeValue(by)]
  return unit === 0n ? '' : String((value + unit - 1n) / unit)
}
