/** What each kind takes of a quota, and which quotas mean an object (upstream: pkg/quota/v1/evaluator/core). */
import { type KindDefinition, resourceName } from '../../api/kind.ts'
import type { KubeObject } from '../../api/types.ts'
import type {
  PersistentVolumeClaim,
  Pod,
  ResourceQuota,
  ScopedResourceSelectorRequirement,
  Service,
} from '../../generated/types.ts'
import { qosClass } from '../pod/qos.ts'
import { storageClassOf } from '../storage/class-of.ts'
import { type Amounts, amountOf, one } from './amounts.ts'
import { podUsage, unspecified } from './pod-usage.ts'

interface Evaluator {
  usage(object: KubeObject): Amounts
  /** Resource names that this kind can take, beside its `count/`. */
  readonly measures: (name: string) => boolean
  /** Is a change of an object weighed too, or only its creation? */
  readonly onUpdate: boolean
  /** Does the object lie in one of a quota's scopes? */
  inScope(object: KubeObject, scope: ScopedResourceSelectorRequirement): boolean
  /** What the object must say because a quota limits it. */
  missing?(object: KubeObject, limited: readonly string[]): string | undefined
}

const COMPUTE = /^(pods|cpu|memory|ephemeral-storage|hugepages-.*|(requests|limits)\.(?!storage$).+)$/

const pods: Evaluator = {
  usage: (object) => podUsage(object as Pod),
  measures: (name) => COMPUTE.test(name),
  onUpdate: false,
  inScope: (object, scope) => podInScope(object as Pod, scope),
  missing: (object, limited) => unspecified(object as Pod, limited),
}

const services: Evaluator = {
  usage: (object) => serviceUsage(object as Service),
  measures: (name) => ['services', 'services.nodeports', 'services.loadbalancers'].includes(name),
  onUpdate: true,
  inScope: () => false,
}

const CLASS_SUFFIX = '.storageclass.storage.k8s.io/'

const claims: Evaluator = {
  usage: (object) => claimUsage(object as PersistentVolumeClaim),
  measures: (name) => ['persistentvolumeclaims', 'requests.storage'].includes(name) || name.includes(CLASS_SUFFIX),
  onUpdate: true,
  inScope: (object, { scopeName, operator, values = [] }) => {
    const name = (object as PersistentVolumeClaim).spec?.volumeAttributesClassName
    return scopeName === 'VolumeAttributesClass' && matchesNames(operator, values, name)
  },
}

const EVALUATORS: ReadonlyMap<string, Evaluator> = new Map([
  ['pods', pods],
  ['services', services],
  ['persistentvolumeclaims', claims],
])

/** Kinds that may be counted by their plain name too. */
const PLAIN = new Set(['configmaps', 'replicationcontrollers', 'resourcequotas', 'secrets'])

/** How objects of a kind count. Every kind in a namespace has at least its number. */
export function evaluatorOf(kind: Pick<KindDefinition, 'group' | 'plural'>): Evaluator {
  const resource = resourceName(kind)
  const own = EVALUATORS.get(resource)
  const counts: Amounts = new Map([
    [`count/${resource}`, one],
    ...(PLAIN.has(resource) ? [[resource, one] as const] : []),
  ])
  return {
    usage: (object) => new Map([...counts, ...(own?.usage(object) ?? [])]),
    measures: (name) => counts.has(name) || own?.measures(name) === true,
    onUpdate: own?.onUpdate ?? false,
    inScope: (object, scope) => own?.inScope(object, scope) ?? false,
    ...(own?.missing && { missing: own.missing }),
  }
}

/** Does the quota mean this object? All its scopes have to. */
export function quotaMeans({ spec }: ResourceQuota, evaluator: Evaluator, object: KubeObject): boolean {
  const scopes = [
    ...(spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' })),
    ...(spec?.scopeSelector?.matchExpressions ?? []),
  ]
  return scopes.every((scope) => evaluator.inScope(object, scope))
}

function podInScope(pod: Pod, { scopeName, operator, values = [] }: ScopedResourceSelectorRequirement): boolean {
  const { activeDeadlineSeconds, priorityClassName, affinity } = pod.spec ?? {}
  switch (scopeName) {
    case 'Terminating':
      return activeDeadlineSeconds !== undefined
    case 'NotTerminating':
      return activeDeadlineSeconds === undefined
    case 'BestEffort':
      return qosClass(pod) === 'BestEffort'
    case 'NotBestEffort':
      return qosClass(pod) !== 'BestEffort'
    case 'PriorityClass':
      return matchesNames(operator, values, priorityClassName || undefined)
    default:
      return scopeName === 'CrossNamespacePodAffinity' && crossesNamespaces(affinity)
  }
}

function crossesNamespaces(affinity: NonNullable<Pod['spec']>['affinity']): boolean {
  return [affinity?.podAffinity, affinity?.podAntiAffinity].some((rules) =>
    [
      ...(rules?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
      ...(rules?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
    ].some(({ namespaces, namespaceSelector }) => (namespaces?.length ?? 0) > 0 || namespaceSelector !== undefined),
  )
}

function matchesNames(operator: string, values: readonly string[], name: string | undefined): boolean {
  if (operator === 'Exists') return name !== undefined
  if (operator === 'DoesNotExist') return name === undefined
  if (operator === 'In') return name !== undefined && values.includes(name)
  return name !== undefined && !values.includes(name)
}

function serviceUsage({ spec }: Service): Amounts {
  const ports = spec?.ports ?? []
  const usage = new Map([['services', one]])
  const held = spec?.type === 'NodePort' ? ports : ports.filter(({ nodePort }) => nodePort)
  const nodePorts = spec?.type === 'NodePort' || spec?.type === 'LoadBalancer' ? held.length : 0
  usage.set('services.nodeports', amountOf(String(nodePorts)))
  usage.set('services.loadbalancers', amountOf(spec?.type === 'LoadBalancer' ? '1' : '0'))
  return usage
}

function claimUsage(claim: PersistentVolumeClaim): Amounts {
  const storage = amountOf(claim.spec?.resources?.requests?.storage)
  const usage = new Map([
    ['persistentvolumeclaims', one],
    ['requests.storage', storage],
  ])
  const name = storageClassOf(claim)
  if (name !== '') {
    usage.set(`${name}${CLASS_SUFFIX}persistentvolumeclaims`, one)
    usage.set(`${name}${CLASS_SUFFIX}requests.storage`, storage)
  }
  return usage
}
