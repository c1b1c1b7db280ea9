import { badRequest } from '../api/errors.ts'
import { defineKind } from '../api/kind.ts'
import type { SelfSubjectRulesReview } from '../generated/types.ts'

/** What may I do here? (upstream: pkg/registry/authorization/selfsubjectrulesreview/rest.go) */
export const selfSubjectRulesReview = defineKind<SelfSubjectRulesReview>({
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectRulesReview',
  plural: 'selfsubjectrulesreviews',
  singular: 'selfsubjectrulesreview',
  scope: 'Cluster',
  schema: 'SelfSubjectRulesReview',
  columns: [],
  answer(review, { user, authorizer }) {
    const namespace = review.spec?.namespace ?? ''
    if (namespace === '') throw badRequest('no namespace on request')
    const rules = authorizer.rulesFor(user, namespace)
    return {
      ...review,
      status: {
        incomplete: false,
        resourceRules: rules.filter(({ resources = [] }) => resources.length > 0),
        nonResourceRules: rules.flatMap(({ verbs, nonResourceURLs = [] }) =>
          nonResourceURLs.length > 0 ? [{ verbs, nonResourceURLs }] : [],
        ),
      },
    }
  },
})
