import type { MatchResources, RuleWithOperations } from '../../generated/types.ts'

/** A webhook's fields as defaulting leaves them (upstream: pkg/apis/admissionregistration/v1/defaults.go). */
export function defaultWebhook<
  T extends {
    readonly clientConfig?: { readonly service?: { readonly port?: number } }
    readonly failurePolicy?: string
    readonly matchPolicy?: string
    readonly namespaceSelector?: object
    readonly objectSelector?: object
    readonly timeoutSeconds?: number
    readonly rules?: readonly RuleWithOperations[]
  },
>(webhook: T): T {
  const { clientConfig } = webhook
  const service = clientConfig?.service
  return {
    ...webhook,
    ...(service && { clientConfig: { ...clientConfig, service: { ...service, port: service.port ?? 443 } } }),
    failurePolicy: webhook.failurePolicy ?? 'Fail',
    matchPolicy: webhook.matchPolicy ?? 'Equivalent',
    namespaceSelector: webhook.namespaceSelector ?? {},
    objectSelector: webhook.objectSelector ?? {},
    timeoutSeconds: webhook.timeoutSeconds ?? 10,
    ...(webhook.rules && { rules: webhook.rules.map(withScope) }),
  }
}

/** What a policy matches, as defaulting leaves it. */
export function defaultMatch(match: MatchResources): MatchResources {
  return {
    ...match,
    matchPolicy: match.matchPolicy ?? 'Equivalent',
    namespaceSelector: match.namespaceSelector ?? {},
    objectSelector: match.objectSelector ?? {},
    ...(match.resourceRules && { resourceRules: match.resourceRules.map(withScope) }),
  }
}

const withScope = <R extends { readonly scope?: string }>(rule: R): R => ({ ...rule, scope: rule.scope ?? '*' })
