import type { AdmissionPlugin, AdmissionRequest } from '../api/admission.ts'
import { internalError } from '../api/errors.ts'
import { isRecord, jsonEqual } from '../api/json.ts'
import { jsonPatch } from '../api/patch/json-patch.ts'
import type { KubeObject } from '../api/types.ts'
import type { MutatingWebhook } from '../generated/types.ts'
import { mutatingWebhookConfiguration as configurationKind } from '../kinds/mutating-webhook-configuration.ts'
import { type Caller, concerns, consult } from './call-webhook.ts'
import { withObject } from './evaluation.ts'

/**
 * Lets the Services behind MutatingWebhookConfigurations change what is written; those that wish it are asked again if
 * later ones changed more (upstream: apiserver/pkg/admission/plugin/webhook/mutating/dispatcher.go).
 */
export const mutatingWebhooks = (caller: Caller): AdmissionPlugin => ({
  name: 'MutatingAdmissionWebhook',
  admit(request) {
    const all = request.objects.list(configurationKind).flatMap(({ webhooks = [] }) => webhooks)
    let current = request
    const again: { readonly webhook: MutatingWebhook; readonly left: KubeObject | undefined }[] = []
    for (const webhook of all) {
      if (!concerns(webhook, current)) continue
      current = changed(webhook, current, caller)
      if (webhook.reinvocationPolicy === 'IfNeeded') again.push({ webhook, left: current.object })
    }
    for (const { webhook, left } of again)
      if (!jsonEqual(left, current.object)) current = changed(webhook, current, caller)
    return current.object === request.object ? undefined : current.object
  },
})

function changed(webhook: MutatingWebhook, request: AdmissionRequest, caller: Caller): AdmissionRequest {
  const answer = consult(webhook, request, caller)
  if (answer?.patch === undefined || request.object === undefined) return request
  const patched = jsonPatch(request.object, answer.patch)
  if (!patched.ok) throw internalError(patched.message)
  if (!isRecord(patched.value)) throw internalError('the patch leaves no object')
  return withObject(request, patched.value as KubeObject)
}
