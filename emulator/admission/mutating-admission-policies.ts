import type { AdmissionPlugin, AdmissionRequest } from '../api/admission.ts'
import { mergeApplied } from '../api/apply/merge.ts'
import { jsonValue } from '../api/cel/dynamic.ts'
import { forbidden, StatusError } from '../api/errors.ts'
import { isRecord } from '../api/json.ts'
import { jsonPatch } from '../api/patch/json-patch.ts'
import { rootField } from '../api/schema.ts'
import type { KubeObject } from '../api/types.ts'
import type { MutatingAdmissionPolicy, Mutation } from '../generated/types.ts'
import { policyExpression } from '../kinds/admission/expressions.ts'
import { mutatingAdmissionPolicy as policyKind } from '../kinds/mutating-admission-policy.ts'
import { mutatingAdmissionPolicyBinding as bindingKind } from '../kinds/mutating-admission-policy-binding.ts'
import {
  activationOf,
  compileVariables,
  conditionsMet,
  failureText,
  withObject,
  withParams,
  withVariables,
} from './evaluation.ts'
import { resourcesMatch } from './matching.ts'
import { paramsOf } from './policy-params.ts'

/** Changes objects as the expressions of bound policies say (upstream: apiserver/pkg/admission/plugin/policy/mutating). */
export const mutatingAdmissionPolicies: AdmissionPlugin = {
  name: 'MutatingAdmissionPolicy',
  admit(request) {
    const bindings = request.objects.list(bindingKind)
    if (bindings.length === 0 || request.kind.group === policyKind.group) return undefined
    let current = request
    for (const policy of request.objects.list(policyKind)) {
      if (!resourcesMatch(policy.spec?.matchConstraints, current)) continue
      for (const { metadata, spec } of bindings) {
        if (spec?.policyName !== policy.metadata?.name || !resourcesMatch(spec?.matchResources, current)) continue
        const params = paramsOf(policy.spec?.paramKind, spec?.paramRef, current)
        const binding = metadata?.name ?? ''
        if ('error' in params) {
          refuse(policy, binding, `failed to configure binding: ${params.error}`, current)
          continue
        }
        for (const object of params.objects) current = mutated(policy, binding, object, current)
      }
    }
    return current.object === request.object ? undefined : current.object
  },
}

function mutated(
  policy: MutatingAdmissionPolicy,
  binding: string,
  params: KubeObject | undefined,
  request: AdmissionRequest,
): AdmissionRequest {
  const { spec = {} } = policy
  const met = conditionsMet(spec.matchConditions, () => withParams(activationOf(request), params))
  if ('error' in met) refuse(policy, binding, met.error, request)
  if ('error' in met || !met.met) return request
  let current = request
  for (const mutation of spec.mutations ?? []) {
    const activation = withVariables(withParams(activationOf(current), params), compileVariables(spec.variables))
    const source = (mutation.applyConfiguration ?? mutation.jsonPatch)?.expression ?? ''
    const outcome = policyExpression(source).run(activation)
    const wrong = failureText(source, outcome)
    const changed = outcome.ok ? change(mutation, jsonValue(outcome.value), current) : { error: wrong ?? '' }
    if ('error' in changed) refuse(policy, binding, changed.error, current)
    else current = withObject(current, changed.object)
  }
  return current
}

type Changed = { readonly object: KubeObject } | { readonly error: string }

function change({ patchType }: Mutation, result: unknown, { kind, object }: AdmissionRequest): Changed {
  if (!object) return { object: {} }
  if (patchType === 'JSONPatch') {
    const patched = jsonPatch(object, result)
    if (!patched.ok) return { error: 'JSON Patch: the operations cannot be applied' }
    return isRecord(patched.value) ? { object: patched.value as KubeObject } : { error: 'JSON Patch: not an object' }
  }
  if (!isRecord(result)) return { error: 'ApplyConfiguration must return an object' }
  const merged = mergeApplied(kind.fields?.() ?? rootField(kind), object, result)
  return isRecord(merged) ? { object: merged as KubeObject } : { error: 'ApplyConfiguration must return an object' }
}

/** A policy that cannot be followed ends the request, unless it says that it may be ignored. */
function refuse(policy: MutatingAdmissionPolicy, binding: string, why: string, { kind, name }: AdmissionRequest): void {
  if (policy.spec?.failurePolicy === 'Ignore') return
  const message = `policy '${policy.metadata?.name ?? ''}' with binding '${binding}' denied request: ${why}`
  const { status } = forbidden(kind, name, message, [{ message }])
  throw new StatusError({ ...status, reason: 'Invalid', code: 422 })
}
