import { badRequest } from '../api/errors.ts'
import { defineKind } from '../api/kind.ts'
import type { SelfSubjectAccessReview } from '../generated/types.ts'

/** May I? (upstream: pkg/registry/authorization/selfsubjectaccessreview/rest.go) */
export const selfSubjectAccessReview = defineKind<SelfSubjectAccessReview>({
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectAccessReview',
  plural: 'selfsubjectaccessreviews',
  singular: 'selfsubjectaccessreview',
  scope: 'Cluster',
  schema: 'SelfSubjectAccessReview',
  columns: [],
  answer(review, { user, authorizer }) {
    const { resourceAttributes: asked, nonResourceAttributes: path } = review.spec ?? {}
    if ((asked === undefined) === (path === undefined))
      throw badRequest('exactly one of spec.resourceAttributes and spec.nonResourceAttributes must be specified')
    const { allowed, reason } = authorizer.authorize({
      user,
      verb: asked?.verb ?? path?.verb ?? '',
      path: path?.path ?? '',
      ...(asked && {
        resource: {
          group: asked.group ?? '',
          resource: asked.resource ?? '',
          subresource: asked.subresource ?? '',
          namespace: asked.namespace ?? '',
          name: asked.name ?? '',
        },
      }),
    })
    return { ...review, status: { allowed, ...(reason !== '' && { reason }) } }
  },
})
