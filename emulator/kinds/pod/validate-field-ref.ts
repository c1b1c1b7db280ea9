import { type FieldError, field } from '../../api/field.ts'
import { qualifiedNameErrors } from '../../api/names.ts'
import { canonicalQuantities } from '../../api/quantity.ts'
import type { ObjectFieldSelector, ResourceFieldSelector } from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'

/** Fields of a Pod that its environment may hold (upstream: pkg/apis/core/validation validEnvDownwardAPIFieldPathExpressions). */
export const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]

/** Fields that a file may hold (upstream: validVolumeDownwardAPIFieldPathExpressions). */
export const VOLUME_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
]

/** What the API knows of at all (upstream: pkg/apis/core/pods ConvertDownwardAPIFieldLabel). */
const KNOWN = new Set([
  ...ENV_FIELDS,
  ...VOLUME_FIELDS,
  'spec.restartPolicy',
  'spec.schedulerName',
  'spec.terminationGracePeriodSeconds',
  'status.phase',
])
const SUBSCRIPTED = /^(.+?)\['(.*)'\]$/s
/** Looked at first: a long path without it is not searched from each of its brackets. */
const SUBSCRIPT_END = "']"

/** Upstream: validateObjectFieldSelector. */
export function fieldRefErrors(
  path: string,
  { apiVersion, fieldPath }: ObjectFieldSelector,
  supported: readonly string[],
): readonly FieldError[] {
  if (!apiVersion) return [field.required(`${path}.apiVersion`)]
  if (!fieldPath) return [field.required(`${path}.fieldPath`)]
  const at = `${path}.fieldPath`
  const wrong = (why: string) => [field.invalid(at, fieldPath, `error converting fieldPath: ${why}`)]
  if (apiVersion !== 'v1') return wrong(`unsupported pod version: ${apiVersion}`)
  const [, name, key = ''] = (fieldPath.endsWith(SUBSCRIPT_END) && SUBSCRIPTED.exec(fieldPath)) || []
  if (name === 'metadata.annotations') return nameErrors(path, key.toLowerCase(), qualifiedNameErrors)
  if (name === 'metadata.labels') return nameErrors(path, key, qualifiedNameErrors)
  if (name !== undefined) return wrong(`field label does not support subscript: ${fieldPath}`)
  if (fieldPath === 'spec.host') return fieldRefErrors(path, { apiVersion, fieldPath: 'spec.nodeName' }, supported)
  if (!KNOWN.has(fieldPath)) return wrong(`field label not supported: ${fieldPath}`)
  return supported.includes(fieldPath) ? [] : [field.notSupported(at, fieldPath, supported)]
}

const RESOURCES = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
]
const HUGE_PAGES = /^(requests|limits)\.hugepages-/
const BYTES = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei']

/** A container's request or limit as a value; files must say whose (upstream: validateContainerResourceFieldSelector). */
export function resourceFieldErrors(
  path: string,
  { containerName, resource, divisor }: ResourceFieldSelector,
  inVolume: boolean,
): readonly FieldError[] {
  const errors: FieldError[] = []
  if (inVolume && !containerName) errors.push(field.required(`${path}.containerName`))
  else if (!resource) errors.push(field.required(`${path}.resource`))
  else if (!RESOURCES.includes(resource) && !HUGE_PAGES.test(resource))
    errors.push(field.notSupported(`${path}.resource`, resource, RESOURCES))
  return [...errors, ...divisorErrors(`${path}.divisor`, resource, divisor)]
}

function divisorErrors(path: string, resource: string, divisor = '0'): readonly FieldError[] {
  const text = canonicalQuantities({ divisor }).divisor ?? divisor
  if (text === '0') return []
  const refuse = (values: readonly string[], what: string) =>
    values.includes(text)
      ? []
      : [
          field.invalid(
            path,
            resource,
            `only divisor's values ${values.join(values === BYTES ? ', ' : ' and ')} are supported with the ${what} resource`,
          ),
        ]
  if (HUGE_PAGES.test(resource)) return refuse(BYTES, 'hugepages')
  if (resource.endsWith('.cpu')) return refuse(['1m', '1'], 'cpu')
  if (resource.endsWith('.memory')) return refuse(BYTES, 'memory')
  return resource.endsWith('.ephemeral-storage') ? refuse(BYTES, 'local ephemeral storage') : []
}
