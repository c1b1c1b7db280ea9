import { invalid } from '../api/errors.ts'
import { defineKind } from '../api/kind.ts'
import type { SubjectAccessReview } from '../generated/types.ts'
import { decide, reviewErrors, subjectOf } from './access-review/decide.ts'

/** May they? (upstream: pkg/registry/authorization/subjectaccessreview/rest.go) */
export const subjectAccessReview = defineKind<SubjectAccessReview>({
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'SubjectAccessReview',
  plural: 'subjectaccessreviews',
  singular: 'subjectaccessreview',
  scope: 'Cluster',
  schema: 'SubjectAccessReview',
  columns: [],
  answer(review, context) {
    const errors = reviewErrors(review.spec)
    if (errors.length > 0) throw invalid(subjectAccessReview, '', errors)
    return { ...review, status: decide(subjectOf(review.spec), review.spec, context) }
  },
})
