import { type FieldError, field } from '../../api/field.ts'
import { dns1123LabelErrors } from '../../api/names.ts'
import { parseQuantity } from '../../api/quantity.ts'
import type { V2MetricIdentifier, V2MetricSpec, V2MetricTarget } from '../../generated/types.ts'
import { containerResourceNameErrors } from '../pod/validate-resources.ts'
import { nameErrors } from '../validation/names.ts'

const TYPES = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource']
const TARGET_TYPES = ['Utilization', 'Value', 'AverageValue']
const SOURCES = ['object', 'external', 'pods', 'resource', 'containerResource'] as const
type Source = (typeof SOURCES)[number]

/** One metric: its type, and the one source that goes with it (upstream: validateMetricSpec). */
export function metricErrors(path: string, spec: V2MetricSpec): readonly FieldError[] {
  const { type = '' } = spec
  const present = SOURCES.filter((source) => spec[source] !== undefined)
  const [first] = present
  const expected = SOURCES.find((source) => source.toLowerCase() === type.toLowerCase() && TYPES.includes(type))
  const unknown = TYPES.includes(type) ? [] : [field.notSupported(`${path}.type`, type, TYPES)]
  return [
    ...(type === '' ? [field.required(`${path}.type`, 'must specify a metric source type')] : []),
    ...unknown,
    ...(first ? sourceErrors(`${path}.${first}`, spec, first) : []),
    ...(expected && spec[expected] === undefined
      ? [field.required(`${path}.${expected}`, 'must populate information for the given metric source')]
      : []),
    ...unknown,
    ...(present.length === 1
      ? []
      : present
          .filter((source) => source !== expected)
          .map((source) => field.forbidden(`${path}.${source}`, 'must populate the given metric source only'))),
  ]
}

function sourceErrors(path: string, spec: V2MetricSpec, source: Source): readonly FieldError[] {
  if (source === 'resource' || source === 'containerResource') return resourceErrors(path, spec, source)
  const { metric, target = EMPTY_TARGET } = spec[source] ?? {}
  const described = source === 'object' ? spec.object?.describedObject : undefined
  return [
    ...(source === 'object' ? pathSegmentErrors(`${path}.describedObject.kind`, described?.kind) : []),
    ...(source === 'object' ? pathSegmentErrors(`${path}.describedObject.name`, described?.name) : []),
    ...identifierErrors(`${path}.metric`, metric),
    ...targetErrors(`${path}.target`, target),
    ...amountErrors(`${path}.target`, target, source),
  ]
}

const EMPTY_TARGET: V2MetricTarget = { type: '' }

const MISSING_AMOUNT = {
  object: 'must set either a target value or averageValue',
  external: 'must set either a target value for metric or a per-pod target',
  pods: 'must specify a positive target averageValue',
}

function amountErrors(
  path: string,
  { value, averageValue }: V2MetricTarget,
  source: keyof typeof MISSING_AMOUNT,
): readonly FieldError[] {
  const missing = averageValue === undefined && (source === 'pods' || value === undefined)
  if (missing) return [field.required(`${path}.averageValue`, MISSING_AMOUNT[source])]
  return source === 'external' && value !== undefined && averageValue !== undefined
    ? [field.forbidden(`${path}.value`, 'may not set both a target value for metric and a per-pod target')]
    : []
}

function resourceErrors(
  path: string,
  spec: V2MetricSpec,
  source: 'resource' | 'containerResource',
): readonly FieldError[] {
  const { name, target = EMPTY_TARGET } = spec[source] ?? {}
  const { averageUtilization, averageValue } = target
  const at = `${path}.target`
  return [
    ...(name ? [] : [field.required(`${path}.name`, 'must specify a resource name')]),
    ...(source === 'containerResource' ? containerErrors(path, spec.containerResource?.container, name) : []),
    ...targetErrors(at, target),
    ...(averageUtilization === undefined && averageValue === undefined
      ? [field.required(`${at}.averageUtilization`, 'must set either a target raw value or a target utilization')]
      : []),
    ...(averageUtilization !== undefined && averageValue !== undefined
      ? [field.forbidden(`${at}.averageValue`, 'may not set both a target raw value and a target utilization')]
      : []),
  ]
}

function containerErrors(path: string, container = '', resource = ''): readonly FieldError[] {
  return [
    ...(resource ? containerResourceNameErrors(`${path}.name`, resource) : []),
    ...(container
      ? nameErrors(`${path}.container`, container, dns1123LabelErrors)
      : [field.required(`${path}.container`, 'must specify a container')]),
  ]
}

function targetErrors(path: string, target: V2MetricTarget): readonly FieldError[] {
  const { type = '', value, averageValue, averageUtilization } = target
  return [
    ...(type === '' ? [field.required(`${path}.type`, 'must specify a metric target type')] : []),
    ...(TARGET_TYPES.includes(type)
      ? []
      : [field.invalid(`${path}.type`, type, 'must be either Utilization, Value, or AverageValue')]),
    ...positiveErrors(`${path}.value`, value),
    ...positiveErrors(`${path}.averageValue`, averageValue),
    ...(averageUtilization !== undefined && averageUtilization < 1
      ? [field.invalid(`${path}.averageUtilization`, averageUtilization, 'must be greater than 0')]
      : []),
  ]
}

function positiveErrors(path: string, text: string | undefined): readonly FieldError[] {
  if (text === undefined || (parseQuantity(text)?.nano ?? 0n) > 0n) return []
  return [field.invalid(path, text, 'must be positive')]
}

function identifierErrors(path: string, metric: V2MetricIdentifier | undefined): readonly FieldError[] {
  return metric?.name
    ? pathSegmentErrors(`${path}.name`, metric.name)
    : [field.required(`${path}.name`, 'must specify a metric name')]
}

/** A name that becomes a part of a request's path (upstream: apimachinery/pkg/api/validation/path). */
export function pathSegmentErrors(path: string, value = ''): readonly FieldError[] {
  if (value === '') return [field.required(path)]
  if (value === '.' || value === '..') return [field.invalid(path, value, `may not be '${value}'`)]
  return ['/', '%']
    .filter((character) => value.includes(character))
    .map((character) => field.invalid(path, value, `may not contain '${character}'`))
}
