import { nameOf, namespaceOf } from '../controllers/metadata.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'
import { no, type Said, yes } from './conditions.ts'
import { intersection, narrowest } from './hostnames.ts'
import type { JudgedListener } from './listeners.ts'
import { type Gateway, GROUP, type ParentReference, type Route } from './objects.ts'

/** A route on a listener, with the hosts that it takes there; undefined: all hosts. */
export interface Attachment {
  readonly listener: JudgedListener
  readonly hosts: readonly (string | undefined)[]
}

/** What became of one parentRef: attached, or why not. */
export interface Attached {
  readonly accepted: Said
  readonly attachments: readonly Attachment[]
}

export type NamespaceLabels = (namespace: string) => { readonly [key: string]: string }

/** Does a parentRef of a route mean this Gateway? */
export function isParent(route: Route, parent: ParentReference, gateway: Gateway): boolean {
  const { group = GROUP, kind = 'Gateway', namespace = namespaceOf(route), name } = parent
  return group === GROUP && kind === 'Gateway' && namespace === namespaceOf(gateway) && name === nameOf(gateway)
}

/** Attaches a route to the listeners that a parentRef means (nginx-gateway-fabric: state/graph/route_common.go). */
export function attach(
  route: Route,
  kind: string,
  parent: ParentReference,
  gateway: Gateway,
  listeners: readonly JudgedListener[],
  labelsOf: NamespaceLabels,
): Attached {
  const meant = listeners.filter(
    ({ listener }) =>
      (parent.sectionName === undefined || listener.name === parent.sectionName) &&
      (parent.port === undefined || listener.port === parent.port),
  )
  if (meant.length === 0) return refused('NoMatchingParent', 'Listener is not found for this parent ref')
  const open = meant.filter(({ attachable }) => attachable)
  if (open.length === 0) return refused('InvalidListener', 'Listener is invalid for this parent ref')
  const allowed = open.filter((listener) => isAllowed(route, kind, gateway, listener, labelsOf))
  if (allowed.length === 0) return refused('NotAllowedByListeners', 'Route is not allowed by any listener')
  const attachments = allowed.flatMap((listener) => {
    const hosts = intersection(listener.listener.hostname, route.spec.hostnames)
    return hosts.length > 0 ? [{ listener, hosts: own(hosts, listener, listeners) }] : []
  })
  if (attachments.length === 0)
    return refused('NoMatchingListenerHostname', 'Listener hostname does not match the Route hostnames')
  const invalid = attachments.every(({ listener }) => !listener.valid)
  const accepted = invalid
    ? no('Accepted', 'InvalidListener', 'Listener is invalid for this parent ref')
    : yes('Accepted', 'The route is accepted')
  return { accepted, attachments }
}

const refused = (reason: string, message: string): Attached => ({
  accepted: no('Accepted', reason, message),
  attachments: [],
})

/** Hosts for which a listener of the same port has a narrower name belong to that one alone. */
function own(
  hosts: readonly (string | undefined)[],
  { listener }: JudgedListener,
  all: readonly JudgedListener[],
): readonly (string | undefined)[] {
  const rivals = all
    .filter((other) => other.valid && other.listener.port === listener.port)
    .map((other) => ({ name: other.listener.name, ...(other.listener.hostname && { host: other.listener.hostname }) }))
  return hosts.filter((host) => {
    const best = host === undefined ? undefined : narrowest(rivals, host)
    return best === undefined || best.host === listener.hostname
  })
}

function isAllowed(
  route: Route,
  kind: string,
  gateway: Gateway,
  { listener, supportedKinds }: JudgedListener,
  labelsOf: NamespaceLabels,
): boolean {
  if (!supportedKinds.some((supported) => supported.kind === kind)) return false
  const { from = 'Same', selector } = listener.allowedRoutes?.namespaces ?? {}
  const namespace = namespaceOf(route)
  if (from === 'All') return true
  if (from === 'Selector') return matchesLabelSelector(selector, labelsOf(namespace))
  return namespace === namespaceOf(gateway)
}
