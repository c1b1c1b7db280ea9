import type { V2MetricSpec, V2MetricStatus, V2MetricTarget, V2MetricValueStatus } from '../../generated/types.ts'

const UNKNOWN = '<unknown>'
const SHOWN = 2

/** `cpu: <unknown>/80%, memory: 20Mi/100Mi + 1 more...` (upstream: pkg/printers/internalversion/printers.go formatHPAMetrics). */
export function metricsText(specs: readonly V2MetricSpec[], statuses: readonly V2MetricStatus[]): string {
  if (specs.length === 0) return '<none>'
  const texts = specs.slice(0, SHOWN).map((spec, index) => metricText(spec, statuses[index]))
  const more = specs.length - SHOWN
  return more > 0 ? `${texts.join(', ')} + ${more} more...` : texts.join(', ')
}

function metricText(spec: V2MetricSpec, status: V2MetricStatus | undefined): string {
  const resource = spec.resource ?? spec.containerResource
  if (spec.type === 'Resource' || spec.type === 'ContainerResource') {
    if (!resource) return '<unknown type>'
    const current = status?.resource?.current ?? status?.containerResource?.current
    return `${resource.name}: ${utilization(resource.target, current)}`
  }
  if (spec.type === 'Pods') return values('averageValue', spec.pods?.target, status?.pods?.current)
  const [target, current] =
    spec.type === 'Object'
      ? [spec.object?.target, status?.object?.current]
      : [spec.external?.target, status?.external?.current]
  if (!target) return '<unknown type>'
  return target.averageValue === undefined
    ? values('value', target, current)
    : `${values('averageValue', target, current)} (avg)`
}

function values(
  part: 'value' | 'averageValue',
  target: V2MetricTarget | undefined,
  current: V2MetricValueStatus | undefined,
): string {
  return `${current?.[part] ?? UNKNOWN}/${target?.[part] ?? '0'}`
}

function utilization(target: V2MetricTarget, current: V2MetricValueStatus | undefined): string {
  if (target.averageValue !== undefined) return values('averageValue', target, current)
  return `${percent(current?.averageUtilization) ?? UNKNOWN}/${percent(target.averageUtilization) ?? '<auto>'}`
}

/** `50%`; undefined stays so. */
export function percent(value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${value}%`
}
