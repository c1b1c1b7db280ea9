import { jsonEqual } from '../api/json.ts'
import type { Node, Service } from '../generated/types.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { loadBalancers } from '../kinds/service/indexes.ts'
import { service as serviceKind } from '../kinds/service.ts'
import { type ControllerDefinition, defineController, type EventRecorder, type ReconcileContext } from './controller.ts'
import { annotationsOf, keyOf, labelsOf, nameOf, namespaceOf } from './metadata.ts'

/** Addresses `192.168.1.240` to `192.168.1.250`, both included. */
export interface AddressPool {
  readonly prefix: string
  readonly first: number
  readonly last: number
}

/**
 * Gives Services of type LoadBalancer an address of the pool, lowest first, and announces it from a node, in MetalLB's
 * words (metallb: controller/service.go, speaker/main.go). `recorder` records under another component's name.
 */
export function createLoadBalancerController(
  pool: AddressPool,
  recorder: (component: string) => EventRecorder,
): ControllerDefinition {
  return defineController({
    name: 'metallb-controller',
    for: serviceKind,
    watches: [
      {
        // A freed address goes to one that waits.
        kind: serviceKind,
        keys: (_, { objects }) => objects.listBy(serviceKind, loadBalancers, '').filter(isWaiting).map(keyOf),
      },
    ],
    delayMs: [60, 180],
    reconcile(key, context) {
      const service = context.objects.get(serviceKind, key.namespace, key.name)
      if (!service) return undefined
      const current = addressOf(service)
      if (!isMine(service)) {
        if (current && service.spec?.type !== 'LoadBalancer') setAddress(service, undefined, context)
        return undefined
      }
      if (current && (wish(service) ?? current) === current) return undefined
      allocate(service, pool, context, recorder)
      return undefined
    },
  })
}

function isMine(service: Service): boolean {
  return service.spec?.type === 'LoadBalancer' && service.spec.loadBalancerClass === undefined
}

function isWaiting(service: Service): boolean {
  return isMine(service) && addressOf(service) === undefined
}

export function addressOf(service: Service): string | undefined {
  return service.status?.loadBalancer?.ingress?.[0]?.ip
}

function wish(service: Service): string | undefined {
  return annotationsOf(service)['metallb.io/loadBalancerIPs'] ?? (service.spec?.loadBalancerIP || undefined)
}

/** The address to give, or why there is none. */
export function chooseAddress(
  wanted: string | undefined,
  taken: ReadonlySet<string>,
  { prefix, first, last }: AddressPool,
): { readonly address: string } | { readonly failure: string } {
  const all = Array.from({ length: last - first + 1 }, (_, i) => `${prefix}.${first + i}`)
  if (wanted !== undefined) {
    if (!all.includes(wanted)) return { failure: `["${wanted}"] is not allowed in config` }
    return taken.has(wanted) ? { failure: `can't change sharing key, address also in use` } : { address: wanted }
  }
  const free = all.find((address) => !taken.has(address))
  return free ? { address: free } : { failure: 'no available IPs' }
}

function allocate(
  service: Service,
  pool: AddressPool,
  context: ReconcileContext,
  recorder: (component: string) => EventRecorder,
): void {
  const all = context.objects.listBy(serviceKind, loadBalancers, '')
  const others = all.filter((other) => other.metadata?.uid !== service.metadata?.uid)
  const choice = chooseAddress(wish(service), new Set(others.flatMap((other) => addressOf(other) ?? [])), pool)
  if ('failure' in choice) {
    const about = JSON.stringify(`${namespaceOf(service)}/${nameOf(service)}`)
    context.recorder.event(
      service,
      'Warning',
      'AllocationFailed',
      `Failed to allocate IP for ${about}: ${choice.failure}`,
    )
    return
  }
  setAddress(service, choice.address, context)
  context.recorder.event(service, 'Normal', 'IPAllocated', `Assigned IP ["${choice.address}"]`)
  const node = announcer(choice.address, context.objects.list(nodeKind))
  if (!node) return
  const message = `announcing from node "${nameOf(node)}" with protocol "layer2"`
  recorder('metallb-speaker').event(service, 'Normal', 'nodeAssigned', message)
}

/** One ready worker speaks for an address; which one follows from the address alone. */
export function announcer(address: string, nodes: readonly Node[]): Node | undefined {
  const speakers = nodes.filter(
    (node) =>
      labelsOf(node)['node.kubernetes.io/exclude-from-external-load-balancers'] === undefined &&
      node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'),
  )
  return speakers[Number(address.split('.').at(-1)) % speakers.length]
}

function setAddress(service: Service, address: string | undefined, { objects }: ReconcileContext): void {
  const loadBalancer = address === undefined ? {} : { ingress: [{ ip: address, ipMode: 'VIP' }] }
  if (jsonEqual(service.status?.loadBalancer ?? {}, loadBalancer)) return
  objects.updateStatus(serviceKind, { ...service, status: { ...service.status, loadBalancer } })
}
