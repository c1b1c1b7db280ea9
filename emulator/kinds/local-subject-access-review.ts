import { badRequest, invalid } from '../api/errors.ts'
import { field } from '../api/field.ts'
import { defineKind } from '../api/kind.ts'
import type { LocalSubjectAccessReview } from '../generated/types.ts'
import { decide, reviewErrors, subjectOf } from './access-review/decide.ts'

/** May they, in this namespace? (upstream: pkg/registry/authorization/localsubjectaccessreview/rest.go) */
export const localSubjectAccessReview = defineKind<LocalSubjectAccessReview>({
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'LocalSubjectAccessReview',
  plural: 'localsubjectaccessreviews',
  singular: 'localsubjectaccessreview',
  scope: 'Namespaced',
  schema: 'LocalSubjectAccessReview',
  columns: [],
  answer(review, context) {
    const { metadata, spec } = review
    const errors = [
      ...reviewErrors(spec),
      ...(spec?.nonResourceAttributes
        ? [
            field.invalid(
              'spec.nonResourceAttributes',
              spec.nonResourceAttributes,
              'disallowed on this kind of request',
            ),
          ]
        : []),
    ]
    if (errors.length > 0) throw invalid(localSubjectAccessReview, '', errors)
    const namespace = metadata?.namespace
    if (namespace !== undefined && spec.resourceAttributes?.namespace !== namespace)
      throw badRequest(`spec.resourceAttributes.namespace must match namespace: ${namespace}`)
    return { ...review, status: decide(subjectOf(spec), spec, context) }
  },
})
