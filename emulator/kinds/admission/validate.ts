import { type FieldError, field } from '../../api/field.ts'
import { dns1035LabelErrors, dns1123SubdomainErrors } from '../../api/names.ts'
import type {
  AdmissionregistrationV1WebhookClientConfig,
  LabelSelector,
  MatchCondition,
  RuleWithOperations,
} from '../../generated/types.ts'
import { matchConditionErrors } from './expressions.ts'
import { chosenErrors, matchPolicyErrors, ruleErrors, selectorErrors } from './match.ts'

interface Webhook {
  readonly name: string
  readonly clientConfig: AdmissionregistrationV1WebhookClientConfig
  readonly sideEffects: string
  readonly admissionReviewVersions: readonly string[]
  readonly failurePolicy?: string
  readonly matchPolicy?: string
  readonly reinvocationPolicy?: string
  readonly timeoutSeconds?: number
  readonly rules?: readonly RuleWithOperations[]
  readonly namespaceSelector?: LabelSelector
  readonly objectSelector?: LabelSelector
  readonly matchConditions?: readonly MatchCondition[]
}

const SIDE_EFFECTS = ['None', 'NoneOnDryRun']
export const FAILURE_POLICIES = ['Fail', 'Ignore']
const REVIEW_VERSIONS = ['v1', 'v1beta1']

/** Errors of a list of webhooks (upstream: pkg/apis/admissionregistration/validation validateValidatingWebhook, validateMutatingWebhook). */
export function webhookErrors(webhooks: readonly Webhook[] = []): readonly FieldError[] {
  return webhooks.flatMap((webhook, index) => {
    const path = `webhooks[${index}]`
    const { name = '', sideEffects, timeoutSeconds } = webhook
    const must = `must specify one of ${SIDE_EFFECTS.join(', ')}`
    return [
      ...qualifiedErrors(`${path}.name`, name),
      ...(webhook.rules ?? []).flatMap((rule, place) => ruleErrors(`${path}.rules[${place}]`, rule)),
      ...chosenErrors(`${path}.failurePolicy`, webhook.failurePolicy, FAILURE_POLICIES),
      ...matchPolicyErrors(`${path}.matchPolicy`, webhook.matchPolicy),
      ...(sideEffects === undefined
        ? [field.required(`${path}.sideEffects`, must)]
        : chosenErrors(`${path}.sideEffects`, sideEffects, SIDE_EFFECTS)),
      ...(timeoutSeconds !== undefined && (timeoutSeconds < 1 || timeoutSeconds > 30)
        ? [
            field.invalid(
              `${path}.timeoutSeconds`,
              timeoutSeconds,
              'the timeout value must be between 1 and 30 seconds',
            ),
          ]
        : []),
      ...selectorErrors(path, webhook),
      ...chosenErrors(`${path}.reinvocationPolicy`, webhook.reinvocationPolicy, ['IfNeeded', 'Never']),
      ...clientErrors(`${path}.clientConfig`, webhook.clientConfig ?? {}),
      ...matchConditionErrors(`${path}.matchConditions`, webhook.matchConditions, false),
      ...versionErrors(`${path}.admissionReviewVersions`, webhook.admissionReviewVersions ?? []),
      ...(name !== '' && webhooks.slice(0, index).some((other) => other.name === name)
        ? [field.duplicate(`${path}.name`, name)]
        : []),
    ]
  })
}

/** Upstream: apimachinery/pkg/util/validation IsFullyQualifiedName. */
function qualifiedErrors(path: string, name: string): readonly FieldError[] {
  if (name === '') return [field.required(path)]
  const wrong = dns1123SubdomainErrors(name)
  if (wrong.length > 0) return [field.invalid(path, name, wrong.join(','))]
  return name.split('.').length < 3
    ? [field.invalid(path, name, 'should be a domain with at least three segments separated by dots')]
    : []
}

function versionErrors(path: string, versions: readonly string[]): readonly FieldError[] {
  const known = REVIEW_VERSIONS.join(', ')
  if (versions.length === 0) return [field.required(path, `must specify one of ${known}`)]
  return [
    ...versions.flatMap((version, index) =>
      versions.indexOf(version) < index
        ? [field.invalid(`${path}[${index}]`, version, 'duplicate version')]
        : dns1035LabelErrors(version).map((detail) => field.invalid(`${path}[${index}]`, version, detail)),
    ),
    ...(versions.some((version) => REVIEW_VERSIONS.includes(version))
      ? []
      : [field.invalid(path, versions, `must include at least one of ${known}`)]),
  ]
}

/** Upstream: apiserver/pkg/util/webhook/validation.go. */
function clientErrors(
  path: string,
  { service, url }: AdmissionregistrationV1WebhookClientConfig,
): readonly FieldError[] {
  if ((service === undefined) === (url === undefined))
    return [field.required(path, 'exactly one of url or service is required')]
  if (url !== undefined) return urlErrors(`${path}.url`, url)
  const { name = '', namespace = '', path: target, port = 443 } = service ?? {}
  const at = `${path}.service`
  return [
    ...(name === '' ? [field.required(`${at}.name`, 'service name is required')] : []),
    ...(namespace === '' ? [field.required(`${at}.namespace`, 'service namespace is required')] : []),
    ...(port >= 1 && port <= 65535
      ? []
      : [field.invalid(`${at}.port`, port, 'port is not valid: must be between 1 and 65535, inclusive')]),
    ...(target === undefined ? [] : pathErrors(`${at}.path`, target)),
  ]
}

const DESIRED = 'desired format: https://host[/path]'

function urlErrors(path: string, text: string): readonly FieldError[] {
  const [, scheme = '', user, host = '', query, fragment] =
    /^(?:([a-zA-Z][\w+.-]*):)?(?:\/\/)?([^@/]*@)?([^/?#]*)[^?#]*(\?[^#]*)?(#.*)?$/.exec(text) ?? []
  const refuse = (when: boolean, value: string, what: string): readonly FieldError[] =>
    when ? [field.invalid(path, value, what)] : []
  return [
    ...refuse(scheme !== 'https', scheme, `'https' is the only allowed URL scheme; ${DESIRED}`),
    ...refuse(host === '', host, `host must be specified; ${DESIRED}`),
    ...refuse(user !== undefined, user?.slice(0, -1) ?? '', 'user information is not permitted in the URL'),
    ...refuse(fragment !== undefined, fragment?.slice(1) ?? '', 'fragments are not permitted in the URL'),
    ...refuse(query !== undefined, query?.slice(1) ?? '', 'query parameters are not permitted in the URL'),
  ]
}

function pathErrors(path: string, text: string): readonly FieldError[] {
  if (text === '/' || text === '') return []
  if (text === '//') return [field.invalid(path, text, 'segment[0] may not be empty')]
  const errors: FieldError[] = text.startsWith('/') ? [] : [field.invalid(path, text, "must start with a '/'")]
  const steps = text.replace(/^\//, '').replace(/\/$/, '').split('/')
  for (const [index, step] of steps.entries()) {
    if (step === '') errors.push(field.invalid(path, text, `segment[${index}] may not be empty`))
    else
      errors.push(...dns1123SubdomainErrors(step).map((why) => field.invalid(path, text, `segment[${index}]: ${why}`)))
  }
  return errors
}
