import { badRequest } from '../api/errors.ts'
import { defineKind } from '../api/kind.ts'
import type { TokenReview } from '../generated/types.ts'

/** Whom tokens are for if they name nobody: the API server itself. */
const OWN_AUDIENCE = 'https://kubernetes.default.svc.cluster.local'

/** Whose token is this? (upstream: pkg/registry/authentication/tokenreview/storage.go) */
export const tokenReview = defineKind<TokenReview>({
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'TokenReview',
  plural: 'tokenreviews',
  singular: 'tokenreview',
  scope: 'Cluster',
  schema: 'TokenReview',
  columns: [],
  answer(review, { authenticate }) {
    const { token, audiences } = review.spec ?? {}
    if (!token) throw badRequest('token is required for TokenReview in authentication')
    const user = authenticate({ token, ...(audiences?.length && { audiences }) })
    if (!user) return { ...review, status: { user: {}, error: 'invalid bearer token' } }
    const { name: username, groups, uid, extra } = user
    return {
      ...review,
      status: {
        authenticated: true,
        user: { username, ...(uid !== undefined && { uid }), groups, ...(extra && { extra }) },
        audiences: audiences?.length ? audiences : [OWN_AUDIENCE],
      },
    }
  },
})
