import { type FieldError, field } from '../../api/field.ts'
import type { AdmissionregistrationV1WebhookClientConfig, RuleWithOperations } from '../../generated/types.ts'

interface Webhook {
  readonly name: string
  readonly clientConfig: AdmissionregistrationV1WebhookClientConfig
  readonly sideEffects: string
  readonly admissionReviewVersions: readonly string[]
  readonly failurePolicy?: string
  readonly matchPolicy?: string
  readonly timeoutSeconds?: number
  readonly rules?: readonly RuleWithOperations[]
}

const SIDE_EFFECTS = ['None', 'NoneOnDryRun']
const FAILURE_POLICIES = ['Fail', 'Ignore']

/** Errors of a list of webhooks (upstream: pkg/apis/admissionregistration/validation). */
export function webhookErrors(webhooks: readonly Webhook[] | undefined): readonly FieldError[] {
  return (webhooks ?? []).flatMap((webhook, index) => {
    const path = `webhooks[${index}]`
    const { name = '', admissionReviewVersions: versions, sideEffects, failurePolicy, timeoutSeconds } = webhook
    const errors: FieldError[] = []
    if (webhooks?.slice(0, index).some((other) => other.name === name))
      errors.push(field.duplicate(`${path}.name`, name))
    if (name.split('.').length < 3)
      errors.push(
        field.invalid(`${path}.name`, name, 'should be a domain with at least three segments separated by dots'),
      )
    if (!versions?.length)
      errors.push(field.required(`${path}.admissionReviewVersions`, 'must specify one of v1, v1beta1'))
    if (sideEffects === undefined)
      errors.push(field.required(`${path}.sideEffects`, 'must specify one of None, NoneOnDryRun'))
    else if (!SIDE_EFFECTS.includes(sideEffects))
      errors.push(field.notSupported(`${path}.sideEffects`, sideEffects, SIDE_EFFECTS))
    if (failurePolicy !== undefined && !FAILURE_POLICIES.includes(failurePolicy))
      errors.push(field.notSupported(`${path}.failurePolicy`, failurePolicy, FAILURE_POLICIES))
    if (timeoutSeconds !== undefined && (timeoutSeconds < 1 || timeoutSeconds > 30))
      errors.push(
        field.invalid(`${path}.timeoutSeconds`, timeoutSeconds, 'the timeout value must be between 1 and 30 seconds'),
      )
    const { service, url } = webhook.clientConfig ?? {}
    if ((service === undefined) === (url === undefined))
      errors.push(field.required(`${path}.clientConfig`, 'exactly one of url or service is required'))
    return errors
  })
}
