import { defineKind } from '../api/kind.ts'
import type { UserInfo } from '../api/types.ts'
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
  answer: (review, { user }) => ({ ...review, status: { userInfo: userInfo(user) } }),
})

const userInfo = ({ name, uid, groups, extra }: UserInfo) => ({
  username: name,
  ...(uid !== undefined && { uid }),
  groups,
  ...(extra && { extra }),
})
