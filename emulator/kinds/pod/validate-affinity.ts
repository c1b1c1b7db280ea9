import { type FieldError, field } from '../../api/field.ts'
import { dns1123LabelErrors, dns1123SubdomainErrors, labelValueErrors, qualifiedNameErrors } from '../../api/names.ts'
import type {
  Affinity,
  NodeAffinity,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
} from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'
import { labelSelectorErrors } from '../validation/selectors.ts'

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution'

/** What a Pod wants of nodes and of Pods near it (upstream: pkg/apis/core/validation validateAffinity). */
export function affinityErrors(path: string, affinity: Affinity | undefined): readonly FieldError[] {
  if (!affinity) return []
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity
  return [
    ...(nodeAffinity ? nodeAffinityErrors(`${path}.nodeAffinity`, nodeAffinity) : []),
    ...(podAffinity ? podAffinityErrors(`${path}.podAffinity`, podAffinity) : []),
    ...(podAntiAffinity ? podAffinityErrors(`${path}.podAntiAffinity`, podAntiAffinity) : []),
  ]
}

function nodeAffinityErrors(path: string, affinity: NodeAffinity): readonly FieldError[] {
  const required = affinity[REQUIRED]
  return [
    ...(required ? nodeSelectorErrors(`${path}.${REQUIRED}`, required) : []),
    ...(affinity[PREFERRED] ?? []).flatMap(({ weight, preference }, index) => [
      ...weightErrors(`${path}.${PREFERRED}[${index}]`, weight),
      // A preference may name values that no label can have.
      ...nodeTermErrors(`${path}.${PREFERRED}[${index}].preference`, preference ?? {}, true),
    ]),
  ]
}

const weightErrors = (path: string, weight: number): readonly FieldError[] =>
  weight > 0 && weight <= 100 ? [] : [field.invalid(`${path}.weight`, weight, 'must be in the range 1-100')]

/** Upstream: ValidateNodeSelector; PersistentVolumes say where they are in the same form. */
export function nodeSelectorErrors(path: string, { nodeSelectorTerms: terms = [] }: Partial<NodeSelector>) {
  const at = `${path}.nodeSelectorTerms`
  if (terms.length === 0) return [field.required(at, 'must have at least one node selector term')]
  return terms.flatMap((term, index) => nodeTermErrors(`${at}[${index}]`, term))
}

/** Upstream: ValidateNodeSelectorTerm. */
function nodeTermErrors(path: string, { matchExpressions = [], matchFields = [] }: NodeSelectorTerm, anyValue = false) {
  return [
    ...matchExpressions.flatMap((one, index) => expressionErrors(`${path}.matchExpressions[${index}]`, one, anyValue)),
    ...matchFields.flatMap((one, index) => fieldErrors(`${path}.matchFields[${index}]`, one)),
  ]
}

const UNKNOWN_OPERATOR = 'not a valid selector operator'

function expressionErrors(
  path: string,
  { key, operator, values = [] }: NodeSelectorRequirement,
  anyValue: boolean,
): FieldError[] {
  const at = `${path}.values`
  const errors: FieldError[] = []
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) errors.push(field.required(at, "must be specified when `operator` is 'In' or 'NotIn'"))
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0)
      errors.push(field.forbidden(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
  } else if (operator === 'Gt' || operator === 'Lt') {
    if (values.length !== 1)
      errors.push(field.required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'"))
  } else errors.push(field.invalid(`${path}.operator`, operator, UNKNOWN_OPERATOR))
  return [
    ...errors,
    ...nameErrors(`${path}.key`, key, qualifiedNameErrors),
    ...(anyValue ? [] : values).flatMap((value, index) => nameErrors(`${at}[${index}]`, value, labelValueErrors)),
  ]
}

function fieldErrors(path: string, { key, operator, values = [] }: NodeSelectorRequirement): FieldError[] {
  const errors: FieldError[] = []
  if (operator !== 'In' && operator !== 'NotIn')
    errors.push(field.invalid(`${path}.operator`, operator, UNKNOWN_OPERATOR))
  else if (values.length !== 1) {
    const detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"
    errors.push(field.required(`${path}.values`, detail))
  }
  if (key !== 'metadata.name') return [...errors, field.invalid(`${path}.key`, key, 'not a valid field selector key')]
  return [
    ...errors,
    ...values.flatMap((value, index) => nameErrors(`${path}.values[${index}]`, value, dns1123SubdomainErrors)),
  ]
}

function podAffinityErrors(path: string, affinity: PodAffinity): readonly FieldError[] {
  return [
    ...(affinity[REQUIRED] ?? []).flatMap((term, index) => podTermErrors(`${path}.${REQUIRED}[${index}]`, term)),
    ...(affinity[PREFERRED] ?? []).flatMap(({ weight, podAffinityTerm }, index) => [
      ...weightErrors(`${path}.${PREFERRED}[${index}]`, weight),
      ...podTermErrors(`${path}.${PREFERRED}[${index}].podAffinityTerm`, podAffinityTerm ?? { topologyKey: '' }),
    ]),
  ]
}

function podTermErrors(path: string, term: PodAffinityTerm): readonly FieldError[] {
  const { labelSelector, namespaceSelector, namespaces = [], topologyKey = '' } = term
  return [
    ...(labelSelector ? labelSelectorErrors(`${path}.labelSelector`, labelSelector) : []),
    ...(namespaceSelector ? labelSelectorErrors(`${path}.namespaceSelector`, namespaceSelector) : []),
    ...namespaces.flatMap((namespace) => nameErrors(`${path}.namespace`, namespace, dns1123LabelErrors)),
    ...matchKeyErrors(path, term),
    ...(topologyKey === '' ? [field.required(`${path}.topologyKey`, 'can not be empty')] : []),
    ...nameErrors(`${path}.topologyKey`, topologyKey, qualifiedNameErrors),
  ]
}

/** Labels of the Pod itself that narrow the selector (upstream: validateMatchLabelKeysAndMismatchLabelKeys). */
function matchKeyErrors(path: string, term: PodAffinityTerm): readonly FieldError[] {
  const { labelSelector, matchLabelKeys: match = [], mismatchLabelKeys: mismatch = [] } = term
  const seen = new Set(Object.keys(labelSelector?.matchLabels ?? {}))
  const named = (name: string, keys: readonly string[]): readonly FieldError[] => {
    if (keys.length === 0) return []
    return labelSelector
      ? keys.flatMap((key, index) => nameErrors(`${path}.${name}[${index}]`, key, qualifiedNameErrors))
      : [field.forbidden(`${path}.${name}`, 'must not be specified when labelSelector is not set')]
  }
  return [
    ...named('matchLabelKeys', match),
    ...named('mismatchLabelKeys', mismatch),
    ...(labelSelector?.matchExpressions ?? []).flatMap(({ key }) => {
      const again = match.includes(key) && seen.has(key)
      seen.add(key)
      return again
        ? [field.invalid(`${path}[${match.lastIndexOf(key)}]`, key, 'exists in both matchLabelKeys and labelSelector')]
        : []
    }),
    ...match.flatMap((key, index) =>
      mismatch.includes(key)
        ? [
            field.invalid(
              `${path}.matchLabelKeys[${index}]`,
              key,
              'exists in both matchLabelKeys and mismatchLabelKeys',
            ),
          ]
        : [],
    ),
  ]
}
