/** Is a webhook or a policy about this request? (upstream: apiserver/pkg/admission/plugin/webhook/predicates) */
import type { AdmissionRequest } from '../api/admission.ts'
import type { LabelSelector, MatchResources, NamedRuleWithOperations } from '../generated/types.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'
import { namespace as namespaceKind } from '../kinds/namespace.ts'

interface Selectors {
  readonly namespaceSelector?: LabelSelector
  readonly objectSelector?: LabelSelector
}

const has = (list: readonly string[] | undefined, value: string): boolean =>
  list?.some((one) => one === '*' || one === value) === true

/** One rule, of either; `resourceNames` are those of policies. */
export function ruleMatches(rule: NamedRuleWithOperations, request: AdmissionRequest): boolean {
  const { kind, operation, subresource, namespace, name } = request
  return (
    has(rule.apiGroups, kind.group) &&
    has(rule.apiVersions, kind.version) &&
    has(rule.operations, operation) &&
    hasResource(rule.resources ?? [], kind.plural, subresource) &&
    (!rule.resourceNames?.length || rule.resourceNames.includes(name)) &&
    (rule.scope === undefined ||
      rule.scope === '*' ||
      (rule.scope === 'Namespaced') === isNamespaced(request, namespace))
  )
}

const isNamespaced = ({ kind }: AdmissionRequest, namespace: string | undefined): boolean =>
  namespace !== undefined && kind.scope === 'Namespaced'

const hasResource = (resources: readonly string[], plural: string, subresource: string | undefined): boolean =>
  subresource === undefined
    ? has(resources, plural) || resources.includes('*/*')
    : resources.some((one) => [`${plural}/${subresource}`, `${plural}/*`, `*/${subresource}`, '*/*'].includes(one))

/** A namespace's labels count for what is in it, its own for itself; what is in none passes. */
export function selectorsMatch({ namespaceSelector, objectSelector }: Selectors, request: AdmissionRequest): boolean {
  if (!isEmpty(namespaceSelector) && !matchesLabelSelector(namespaceSelector, namespaceLabels(request))) {
    if (request.namespace !== undefined || isNamespace(request)) return false
  }
  if (isEmpty(objectSelector)) return true
  const of = (object: AdmissionRequest['object']): boolean =>
    object !== undefined && matchesLabelSelector(objectSelector, object.metadata?.labels)
  return of(request.object) || of(request.old)
}

const isEmpty = (selector: LabelSelector | undefined): boolean =>
  !selector || (Object.keys(selector.matchLabels ?? {}).length === 0 && !selector.matchExpressions?.length)

const isNamespace = ({ kind }: AdmissionRequest): boolean => kind.group === '' && kind.kind === 'Namespace'

function namespaceLabels(request: AdmissionRequest) {
  if (isNamespace(request)) return (request.object ?? request.old)?.metadata?.labels
  return request.objects.get(namespaceKind, undefined, request.namespace ?? '')?.metadata?.labels
}

/** What a policy matches, or a binding narrows it to; rules that exclude win. */
export function resourcesMatch(match: MatchResources | undefined, request: AdmissionRequest): boolean {
  if (!match) return true
  const { resourceRules: rules = [], excludeResourceRules: excluded = [] } = match
  return (
    (rules.length === 0 || rules.some((rule) => ruleMatches(rule, request))) &&
    !excluded.some((rule) => ruleMatches(rule, request)) &&
    selectorsMatch(match, request)
  )
}
