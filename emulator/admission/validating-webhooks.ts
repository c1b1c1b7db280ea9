import type { AdmissionPlugin } from '../api/admission.ts'
import { validatingWebhookConfiguration as configurationKind } from '../kinds/validating-webhook-configuration.ts'
import { type Caller, concerns, consult } from './call-webhook.ts'

/**
 * Asks the Services behind ValidatingWebhookConfigurations about a write, over the network, as any client reaches them
 * (upstream: apiserver/pkg/admission/plugin/webhook/validating/dispatcher.go).
 */
export const validatingWebhooks = (caller: Caller): AdmissionPlugin => ({
  name: 'ValidatingAdmissionWebhook',
  validate(request) {
    for (const { webhooks = [] } of request.objects.list(configurationKind))
      for (const webhook of webhooks) if (concerns(webhook, request)) consult(webhook, request, caller)
  },
})
