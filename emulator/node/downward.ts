import { milliValue, parseQuantity, wholeValue } from '../api/quantity.ts'
import { annotationsOf, labelsOf, nameOf, namespaceOf, uidOf } from '../controllers/metadata.ts'
import type { Container, Node, ObjectFieldSelector, Pod, ResourceFieldSelector } from '../generated/types.ts'

/** What `fieldRef` gives (upstream: pkg/fieldpath and kubelet_pods.go podFieldSelectorRuntimeValue). */
export function fieldValue(selector: ObjectFieldSelector, pod: Pod, node: Node | undefined): string {
  const path = selector.fieldPath
  const keyed = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path)
  if (keyed) return (keyed[1] === 'labels' ? labelsOf(pod) : annotationsOf(pod))[keyed[2] ?? ''] ?? ''
  return fields.get(path)?.(pod, node) ?? ''
}

const fields: ReadonlyMap<string, (pod: Pod, node: Node | undefined) => string> = new Map([
  ['metadata.name', nameOf],
  ['metadata.namespace', namespaceOf],
  ['metadata.uid', uidOf],
  ['metadata.labels', (pod: Pod) => mapText(labelsOf(pod))],
  ['metadata.annotations', (pod: Pod) => mapText(annotationsOf(pod))],
  ['spec.nodeName', (pod: Pod) => pod.spec?.nodeName ?? ''],
  ['spec.serviceAccountName', (pod: Pod) => pod.spec?.serviceAccountName ?? ''],
  ['status.podIP', (pod: Pod) => pod.status?.podIP ?? ''],
  ['status.podIPs', (pod: Pod) => pod.status?.podIP ?? ''],
  ['status.hostIP', (_: Pod, node: Node | undefined) => internalIP(node)],
  ['status.hostIPs', (_: Pod, node: Node | undefined) => internalIP(node)],
])

export function internalIP(node: Node | undefined): string {
  return node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? ''
}

/** `key="value"` lines in key order, as the downward API writes maps (fieldpath.FormatMap). */
function mapText(map: { readonly [key: string]: string }): string {
  return Object.keys(map)
    .sort()
    .map((key) => `${key}=${JSON.stringify(map[key])}`)
    .join('\n')
}

/** What `resourceFieldRef` gives; a missing limit is the node's allocatable (upstream: pkg/api/v1/resource). */
export function resourceValue(
  selector: ResourceFieldSelector,
  pod: Pod,
  container: Container,
  node: Node | undefined,
): string {
  const owner = pod.spec?.containers.find(({ name }) => name === selector.containerName) ?? container
  const [kind = '', resource = ''] = selector.resource.split('.', 2)
  const own = kind === 'limits' ? owner.resources?.limits?.[resource] : owner.resources?.requests?.[resource]
  const fallback = kind === 'limits' ? (node?.status?.allocatable?.[resource] ?? '0') : '0'
  const amount = parseQuantity(own ?? fallback)
  const divisor = parseQuantity(selector.divisor && selector.divisor !== '0' ? selector.divisor : '1')
  if (!amount || !divisor) return '0'
  if (resource === 'cpu') return String(ceilDivide(milliValue(amount), milliValue(divisor)))
  return String(ceilDivide(wholeValue(amount), wholeValue(divisor)))
}

function ceilDivide(a: bigint, b: bigint): bigint {
  return b === 0n ? 0n : (a + b - 1n) / b
}
