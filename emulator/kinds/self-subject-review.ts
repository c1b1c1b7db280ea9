import { defineKind } from '../api/kind.ts'
import type { SelfSubjectReview } from '../generated/types.ts'

/** Who am I? (upstream: pkg/registry/authentication/selfsubjectreview/rest.go) */
export const selfSubjectReview = defineKind<SelfSubjectReview>({
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectReview',
  plural: 'selfsubjectreviews',
  singular: 'selfsubjectreview',
  scope: 'Cluster',
  schema: 'SelfSubjectReview',
  columns: [],
  answer: (review, { user }) => ({ ...review, status: { userInfo: { username: user.name, groups: user.groups } } }),
})
