import type { ObjectClient } from '../api/client.ts'
import type { KindDefinition } from '../api/kind.ts'
import { nameOf, namespaceOf } from '../controllers/metadata.ts'
import type { Service } from '../generated/types.ts'
import { no, type Said, withTimes, yes } from './conditions.ts'
import {
  type BackendTLSPolicy,
  type Gateway,
  type GatewayClass,
  GROUP,
  type ParentReference,
  type Route,
} from './objects.ts'
import type { PlannedGateway, PlannedParent } from './plan.ts'

interface Writer {
  readonly objects: ObjectClient
  readonly now: number
}

export function writeClass(
  kind: KindDefinition,
  found: GatewayClass,
  chosen: boolean,
  parameters: readonly Said[],
  { objects, now }: Writer,
): void {
  const said = [
    yes('Accepted', 'GatewayClass is accepted'),
    yes('SupportedVersion', 'Gateway API CRD versions are supported'),
    ...(chosen
      ? parameters
      : [no('Accepted', 'GatewayClassConflict', 'The resource is ignored due to a conflicting GatewayClass resource')]),
  ]
  const conditions = withTimes(said, found.status?.conditions, found.metadata?.generation, now)
  objects.updateStatus(kind, { ...found, status: { ...found.status, conditions } } as GatewayClass)
}

/** Why nothing serves a Gateway: every listener is invalid. */
export const NO_LISTENER = 'Gateway has no valid listeners'

/** `programmed`: its nginx has the configuration. Until then nothing is said of a Gateway that is in order. */
export function writeGateway(
  kind: KindDefinition,
  gateway: Gateway,
  { listeners }: PlannedGateway,
  service: Service | undefined,
  programmed: boolean,
  parameters: readonly Said[],
  { objects, now }: Writer,
): void {
  const valid = listeners.filter((listener) => listener.valid).length
  if (valid > 0 && !programmed) return
  const generation = gateway.metadata?.generation
  const said =
    valid === 0 ? rejected() : [valid < listeners.length ? partly() : accepted(), programmedNow(), ...parameters]
  const status: Gateway['status'] = {
    ...(valid > 0 && { addresses: addressesOf(service) }),
    conditions: withTimes(said, gateway.status?.conditions, generation, now),
    listeners: listeners.map(({ listener: { name }, conditions, supportedKinds, attachedRoutes }) => {
      const old = gateway.status?.listeners?.find((one) => one.name === name)
      return {
        name,
        attachedRoutes,
        supportedKinds,
        conditions: withTimes(conditions, old?.conditions, generation, now),
      }
    }),
  }
  objects.updateStatus(kind, { ...gateway, status: { ...gateway.status, ...status } } as Gateway)
}

const accepted = (): Said => yes('Accepted', 'Gateway is accepted')
const partly = (): Said => yes('Accepted', 'Gateway has at least one valid listener', 'ListenersNotValid')
const programmedNow = (): Said => yes('Programmed', 'Gateway is programmed')
const rejected = (): readonly Said[] => [
  no('Accepted', 'ListenersNotValid', NO_LISTENER),
  no('Programmed', 'Invalid', NO_LISTENER),
]

/** Addresses of a load balancer; of other Services the cluster IP. */
function addressesOf(service: Service | undefined): readonly { readonly type: string; readonly value: string }[] {
  if (service === undefined) return []
  if (service.spec?.type !== 'LoadBalancer') return [{ type: 'IPAddress', value: service.spec?.clusterIP ?? '' }]
  return (service.status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) =>
    ip ? { type: 'IPAddress', value: ip } : { type: 'Hostname', value: hostname ?? '' },
  )
}

/** What all Gateways of the controller say of one route; what other controllers say stays. */
export function writeRoute(
  kind: KindDefinition,
  route: Route,
  planned: readonly PlannedParent[],
  controllerName: string,
  { objects, now }: Writer,
): void {
  const old = route.status?.parents ?? []
  const others = old.filter((parent) => parent.controllerName !== controllerName)
  if (planned.length === 0 && others.length === old.length) return
  const own = planned.map(({ parentRef, said }) => {
    const before = old.find((one) => one.controllerName === controllerName && sameParent(one.parentRef, parentRef))
    const conditions = withTimes(said, before?.conditions, route.metadata?.generation, now)
    return { conditions, controllerName, parentRef }
  })
  objects.updateStatus(kind, { ...route, status: { ...route.status, parents: [...others, ...own] } } as Route)
}

const sameParent = (a: ParentReference, b: ParentReference): boolean =>
  a.name === b.name && a.namespace === b.namespace && a.sectionName === b.sectionName && a.port === b.port

/** What is said of a policy for each Gateway that sends to its backends; what other controllers say stays. */
export function writePolicy(
  kind: KindDefinition,
  policy: BackendTLSPolicy,
  judged: readonly { readonly gateway: Gateway; readonly said: readonly Said[] }[],
  controllerName: string,
  { objects, now }: Writer,
): void {
  const old = policy.status?.ancestors ?? []
  const others = old.filter((one) => one.controllerName !== controllerName)
  if (judged.length === 0 && others.length === old.length) return
  const own = judged.map(({ gateway, said }) => {
    const ancestorRef = { group: GROUP, kind: 'Gateway', namespace: namespaceOf(gateway), name: nameOf(gateway) }
    const before = old.find((one) => one.controllerName === controllerName && one.ancestorRef.name === ancestorRef.name)
    const conditions = withTimes(said, before?.conditions, policy.metadata?.generation, now)
    return { ancestorRef, conditions, controllerName }
  })
  objects.updateStatus(kind, { ...policy, status: { ancestors: [...others, ...own] } } as BackendTLSPolicy)
}
