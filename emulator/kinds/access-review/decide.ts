import { type FieldError, field } from '../../api/field.ts'
import type { StrategyContext } from '../../api/kind.ts'
import type { UserInfo } from '../../api/types.ts'
import type {
  NonResourceAttributes,
  ResourceAttributes,
  SubjectAccessReviewSpec,
  SubjectAccessReviewStatus,
} from '../../generated/types.ts'

interface Asked {
  readonly resourceAttributes?: ResourceAttributes
  readonly nonResourceAttributes?: NonResourceAttributes
}

/** What the authorizer says about somebody's request (upstream: pkg/registry/authorization/util/helpers.go). */
export function decide(
  user: UserInfo,
  { resourceAttributes: asked, nonResourceAttributes: path }: Asked,
  { authorizer }: StrategyContext,
): SubjectAccessReviewStatus {
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
  return { allowed, ...(reason !== '' && { reason }) }
}

/** Whom a review asks about. */
export const subjectOf = ({ user = '', groups = [], uid, extra }: SubjectAccessReviewSpec): UserInfo => ({
  name: user,
  groups,
  ...(uid !== undefined && { uid }),
  ...(extra && { extra }),
})

/** What a review must say (upstream: pkg/apis/authorization/validation ValidateSubjectAccessReviewSpec). */
export function reviewErrors(spec: SubjectAccessReviewSpec | undefined): readonly FieldError[] {
  const { resourceAttributes, nonResourceAttributes, user, groups } = spec ?? {}
  const errors: FieldError[] = []
  if (resourceAttributes && nonResourceAttributes)
    errors.push(
      field.invalid(
        'spec.nonResourceAttributes',
        nonResourceAttributes,
        'cannot be specified in combination with resourceAttributes',
      ),
    )
  if (!resourceAttributes && !nonResourceAttributes)
    errors.push(
      field.invalid(
        'spec.resourceAttributes',
        null,
        'exactly one of nonResourceAttributes or resourceAttributes must be specified',
      ),
    )
  if (!user && !groups?.length)
    errors.push(field.invalid('spec.user', user ?? '', 'at least one of user or group must be specified'))
  return errors
}
