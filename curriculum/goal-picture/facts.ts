import { type Picture, type PictureIngress, type PictureService, type ThingId, thingId } from './picture.ts'

/** Properties of a thing. */
export type RowAspect =
  | 'ready'
  | 'type'
  | 'clusterIP'
  | 'externalName'
  | 'balanced'
  | 'port'
  | 'target'
  | 'nodePort'
  | 'door'
  | 'served'
/** Ways from a thing to another one. */
export type LineAspect = 'endpoint' | 'route' | 'host'
export type Aspect = 'there' | RowAspect | LineAspect

/** One thing that a picture shows. Two pictures agree where they have facts of the same key and value. */
export interface Fact {
  readonly key: string
  readonly thing: ThingId
  readonly aspect: Aspect
  readonly value: string
  /** What it speaks of within its thing: a port, a host and path. */
  readonly of?: string
  /** The thing that it leads to. */
  readonly to?: ThingId
  /** Values that would give something away to whoever has not been told them. */
  readonly tells: readonly string[]
  /** Drawn by the cluster where nobody chose it: no goal unless the task says it. */
  readonly allotted?: boolean
}

export type Facts = ReadonlyMap<string, Fact>

/** Stands for a value that does not matter as long as there is one. */
export const SOME = 'some'

export function factsOf(picture: Picture): Facts {
  const all = [
    ...picture.workloads.flatMap(({ id, ready }) => [thereFact(id), fact(id, 'ready', `${ready}`)]),
    ...picture.services.flatMap(serviceFacts),
    ...picture.ingresses.flatMap(ingressFacts),
  ]
  return new Map(all.map((one) => [one.key, one]))
}

/** `web` of `Deployment shop/web`. */
export const nameOf = (id: ThingId): string => id.slice(id.lastIndexOf('/') + 1)
/** `shop` of `Deployment shop/web`. */
export const namespaceOf = (id: ThingId): string => id.slice(id.indexOf(' ') + 1, id.lastIndexOf('/'))
/** `Deployment` of `Deployment shop/web`. */
export const kindOf = (id: ThingId): string => id.slice(0, id.indexOf(' '))

type Rest = Pick<Fact, 'of' | 'to' | 'tells' | 'allotted'>

const fact = (thing: ThingId, aspect: Aspect, value: string, rest: Partial<Rest> = {}): Fact => ({
  key: [thing, aspect, rest.of ?? '', rest.to ?? ''].join('|'),
  thing,
  aspect,
  value,
  tells: [],
  ...rest,
})

const thereFact = (id: ThingId): Fact => fact(id, 'there', SOME, { tells: [nameOf(id)] })

function serviceFacts(service: PictureService): readonly Fact[] {
  const { id, type, clusterIP, externalName, ports, balanced, endpoints } = service
  return [
    thereFact(id),
    fact(id, 'type', type, { tells: [type] }),
    ...(clusterIP === ''
      ? []
      : [fact(id, 'clusterIP', clusterIP, { tells: [clusterIP === 'None' ? 'headless' : clusterIP], allotted: true })]),
    ...(externalName === undefined ? [] : [fact(id, 'externalName', externalName, { tells: [externalName] })]),
    ...(balanced ? [fact(id, 'balanced', SOME)] : []),
    ...ports.flatMap((port) => portFacts(service, port)),
    ...[...endpoints].map(([to, count]) => fact(id, 'endpoint', `${count}`, { to })),
  ]
}

function portFacts({ id, type }: PictureService, port: PictureService['ports'][number]): readonly Fact[] {
  const of = port.protocol === 'TCP' ? `${port.port}` : `${port.port}/${port.protocol}`
  const door = type === 'NodePort' && port.nodePort !== undefined
  return [
    fact(id, 'port', of, { of, tells: [`${port.port}`] }),
    fact(id, 'target', port.target, { of, tells: [port.target] }),
    ...(port.nodePort === undefined
      ? []
      : [fact(id, 'nodePort', `${port.nodePort}`, { of, tells: [`${port.nodePort}`], allotted: !door })]),
    ...(door ? [fact(id, 'door', SOME, { of })] : []),
  ]
}

function ingressFacts({ id, served, routes }: PictureIngress): readonly Fact[] {
  const to = (service: string) => thingId('Service', namespaceOf(id), service)
  return [
    thereFact(id),
    ...(served ? [fact(id, 'served', SOME)] : []),
    ...routes.map(({ host, path, service }) =>
      fact(id, 'route', service, { of: `${host}${path}`, to: to(service), tells: [host, path] }),
    ),
    // Two designs may write a path differently and lead its host to the same Service.
    ...routes.map(({ host, service }) => fact(id, 'host', SOME, { of: host, to: to(service), tells: [host] })),
  ]
}
