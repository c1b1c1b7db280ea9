/** The HorizontalPodAutoscaler that `kubectl autoscale` makes (upstream: k8s.io/kubectl/pkg/cmd/autoscale/autoscale.go). */
import type { JsonValue } from '../../../emulator/index.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { quantityValue } from '../print/quantity.ts'
import type { Info } from '../resources/fetch.ts'

type Fields = { readonly [field: string]: JsonValue }
type Resource = 'cpu' | 'memory'

const UNITS = { cpu: 'm', memory: 'Mi' }

export function autoscalerFor({ flags, namespace, namespaceEnforced }: Invocation, { name, type }: Info): Fields {
  const min = flags.number('min')
  const percent = flags.number('cpu-percent')
  const metrics: readonly Fields[] = [
    ...(percent > 0 ? [metric('cpu', { averageUtilization: percent, type: 'Utilization' })] : []),
    ...(['cpu', 'memory'] as const).flatMap((resource) =>
      flags.string(resource) === '' ? [] : [metric(resource, metricTarget(resource, flags.string(resource)))],
    ),
  ]
  return {
    metadata: { name: flags.optional('name') ?? name, ...(namespaceEnforced && { namespace }) },
    spec: {
      maxReplicas: flags.number('max'),
      ...(metrics.length > 0 && { metrics }),
      ...(min > 0 && { minReplicas: min }),
      scaleTargetRef: {
        apiVersion: type.group === '' ? type.version : `${type.group}/${type.version}`,
        kind: type.kind,
        name,
      },
    },
    status: { currentMetrics: null, desiredReplicas: 0 },
  }
}

const metric = (name: Resource, target: Fields): Fields => ({ resource: { name, target }, type: 'Resource' })

/** `70%` is a share of what is requested; `500m`, `2Gi` or a bare number is an amount for each Pod. Throws KubectlError. */
export function metricTarget(resource: Resource, input: string): Fields {
  const text = input.trim()
  if (text === '') throw new KubectlError('empty input')
  if (text.endsWith('%')) {
    const share = text.slice(0, -1)
    if (!/^\+?\d+$/.test(share) || Number(share) > 0x7fffffff)
      throw new KubectlError(`invalid percentage value: ${share}`)
    return { averageUtilization: Number(share), type: 'Utilization' }
  }
  if (quantityValue(text) === undefined) throw new KubectlError(`invalid resource ${resource} value: ${text}`)
  const bare = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)
  return { averageValue: bare ? `${Number(text)}${UNITS[resource]}` : text, type: 'AverageValue' }
}
