import { type FieldError, field } from '../../api/field.ts'
import type { CustomResourceConversion } from '../../generated/types.ts'

const STRATEGIES = ['None', 'Webhook']

/** How versions turn into each other (upstream: validateCustomResourceConversion). Paths are those of upstream's internal form. */
export function conversionErrors(conversion: CustomResourceConversion | undefined): readonly FieldError[] {
  if (!conversion) return []
  const { strategy, webhook } = conversion
  if (strategy === '') return [field.required('spec.conversion.strategy')]
  if (!STRATEGIES.includes(strategy)) return [field.notSupported('spec.conversion.strategy', strategy, STRATEGIES)]
  const client = 'spec.conversion.webhookClientConfig'
  if (strategy !== 'Webhook')
    return webhook ? [field.forbidden(client, 'should not be set when strategy is not set to Webhook')] : []
  const config = webhook?.clientConfig
  return [
    ...(config ? [] : [field.required(client, 'required when strategy is set to Webhook')]),
    ...(config && (config.url === undefined) === (config.service === undefined)
      ? [field.required(client, 'exactly one of url or service is required')]
      : []),
    ...((webhook?.conversionReviewVersions ?? []).length > 0
      ? []
      : [field.required('spec.conversion.conversionReviewVersions')]),
  ]
}
