import { namespaceOf } from '../controllers/metadata.ts'
import type { ReferenceGrant } from './objects.ts'

interface Side {
  readonly group: string
  readonly kind: string
  readonly namespace: string
}

/** May objects of one kind and namespace refer to an object of another namespace? (Gateway API: ReferenceGrant) */
export function isGranted(
  grants: readonly ReferenceGrant[],
  from: Side,
  to: Side & { readonly name: string },
): boolean {
  if (from.namespace === to.namespace) return true
  return grants.some(
    (grant) =>
      namespaceOf(grant) === to.namespace &&
      grant.spec.from.some(
        ({ group, kind, namespace }) => group === from.group && kind === from.kind && namespace === from.namespace,
      ) &&
      grant.spec.to.some(
        ({ group, kind, name }) =>
          group === to.group && kind === to.kind && (name === undefined || name === '' || name === to.name),
      ),
  )
}
