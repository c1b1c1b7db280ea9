/** Admission: nothing is created in a namespace that is missing or ends (upstream: plugin NamespaceLifecycle). */
import type { Namespace } from '../generated/types.ts'
import type { AdmissionPlugin, AdmissionRequest } from './admission.ts'
import { forbidden, notFound } from './errors.ts'
import type { KubeObject } from './types.ts'

const NAMESPACES = { group: '', plural: 'namespaces' } as const
const IMMORTAL = ['default', 'kube-system', 'kube-public']

/** `find` reads a namespace from the store. */
export function namespaceLifecycle(find: (name: string) => KubeObject | undefined): AdmissionPlugin {
  return {
    name: 'NamespaceLifecycle',
    admit(request) {
      if (request.operation === 'CREATE' && request.namespace !== undefined) check(request, find(request.namespace))
      return undefined
    },
    validate({ operation, kind, name }) {
      if (operation !== 'DELETE' || kind.group !== '' || kind.plural !== 'namespaces') return
      if (IMMORTAL.includes(name)) throw forbidden(NAMESPACES, name, 'this namespace may not be deleted')
    },
  }
}

function check({ kind, name, namespace = '' }: AdmissionRequest, found: Namespace | undefined): void {
  if (!found) throw notFound(NAMESPACES, namespace)
  if (found.metadata?.deletionTimestamp === undefined && found.status?.phase !== 'Terminating') return
  const message = `unable to create new content in namespace ${namespace} because it is being terminated`
  const cause = `namespace ${namespace} is being terminated`
  throw forbidden(kind, name, message, [
    { reason: 'NamespaceTerminating', message: cause, field: 'metadata.namespace' },
  ])
}
