import type { Authorizer } from '../api/authorizer.ts'
import { accessForbidden } from '../api/errors.ts'
import type { ObjectKey } from '../controllers/controller.ts'

/** What a controller's caches are filled with; without leave to list one of them nothing starts. */
const WATCHED = [
  { group: 'networking.k8s.io', resource: 'ingresses' },
  { group: 'networking.k8s.io', resource: 'ingressclasses' },
  { group: '', resource: 'services' },
  { group: '', resource: 'secrets' },
  { group: '', resource: 'configmaps' },
  { group: 'discovery.k8s.io', resource: 'endpointslices' },
] as const

/** Throws the API server's refusal of the first list that the service account may not have. */
export function checkRights(authorizer: Authorizer, { namespace = '', name }: ObjectKey, watched: string): void {
  const user = {
    name: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  }
  for (const { group, resource } of WATCHED) {
    const scope = resource === 'ingressclasses' ? '' : watched
    const access = { group, resource, subresource: '', namespace: scope, name: '' }
    const attributes = { user, verb: 'list', resource: access, path: '' }
    const { allowed, reason } = authorizer.authorize(attributes)
    if (!allowed) throw accessForbidden(attributes, reason)
  }
}
