import type { AdmissionRequest } from '../api/admission.ts'
import type { KubeObject } from '../api/types.ts'
import type { ParamKind, ParamRef } from '../generated/types.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'

/** Objects that parametrise a policy through one binding, `undefined` for a policy without; or why there are none (upstream: apiserver/pkg/admission/plugin/policy/generic CollectParams). */
export type Params = { readonly objects: readonly (KubeObject | undefined)[] } | { readonly error: string }

export function paramsOf(
  kind: ParamKind | undefined,
  reference: ParamRef | undefined,
  request: AdmissionRequest,
): Params {
  if (!kind || !reference) return { objects: [undefined] }
  const { apiVersion = '', kind: name = '' } = kind
  const definition = request.kindOf(apiVersion, name)
  if (!definition) return { error: `failed to find resource referenced by paramKind: '${apiVersion}, Kind=${name}'` }
  const namespaced = definition.scope === 'Namespaced'
  if (!namespaced && reference.namespace)
    return { error: 'paramRef.namespace must not be provided for a cluster-scoped `paramKind`' }
  const namespace = namespaced ? reference.namespace || request.namespace : undefined
  if (namespaced && namespace === undefined)
    return { error: 'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources' }
  const found = reference.name
    ? [request.objects.get(definition, namespace, reference.name)].filter((one) => one !== undefined)
    : request.objects
        .list(definition, namespace === undefined ? {} : { namespace })
        .filter(({ metadata }) => matchesLabelSelector(reference.selector, metadata?.labels))
  if (found.length > 0) return { objects: found }
  return reference.parameterNotFoundAction === 'Deny'
    ? { error: 'no params found for policy binding with `Deny` parameterNotFoundAction' }
    : { objects: [] }
}
