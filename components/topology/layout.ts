import type { TopologyView } from '../../server/protocol.ts'
import { type PodBox, podBoxes } from './group.ts'
import { nearMisses, selects } from './near-miss.ts'

export type Machine = TopologyView['machines'][number]
export type Service = TopologyView['services'][number]
export type Ingress = TopologyView['ingresses'][number]

export interface Place {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
type ShapePart =
  | { readonly kind: 'laptop'; readonly machine: Machine }
  | { readonly kind: 'node'; readonly machine: Machine }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'load-balancer'; readonly address: string }
  | { readonly kind: 'ingress'; readonly ingress: Ingress }
  /** The row of servers outside the cluster, and one of them. */
  | { readonly kind: 'outside' }
  | { readonly kind: 'server'; readonly address: string }
  | { readonly kind: 'service'; readonly service: Service }
  | { readonly kind: 'pod'; readonly box: PodBox }
export type Shape = Place & ShapePart

export interface Line {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly path: string
  /** Solid if requests can go this way now, dashed if selected but not ready. */
  readonly solid: boolean
}
/** A port written on the lines beside a Service. */
export interface PortLabel {
  readonly id: string
  readonly service: string
  readonly text: string
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'end'
}
export interface Layout {
  readonly width: number
  readonly height: number
  /** The strip over all nodes that Services stand on. */
  readonly column: { readonly x: number; readonly width: number }
  readonly shapes: readonly Shape[]
  readonly lines: readonly Line[]
  readonly labels: readonly PortLabel[]
}

const MARGIN = 10
/** Room above the nodes for the name of the Services' strip. */
const TOP = 24
const GAP = 8
const SERVICE_HEIGHT = 46
const POD_HEIGHT = 32
/** Height that a node's band grows to where the pane has more room than it needs. */
const BAND = 100
/** Height of a node without Pods where room is scarce. */
const LOW_BAND = 46
/** Widths in a roomy pane, in one narrower than that needs, and on a phone. */
const roomy = { laptop: 90, gap: 30, balancer: 108, node: 108, ports: 54, service: 140, pod: 104 }
const narrow = { laptop: 88, gap: 16, balancer: 108, node: 90, ports: 46, service: 122, pod: 84 }
const tiny = { laptop: 82, gap: 10, balancer: 104, node: 86, ports: 40, service: 96, pod: 66 }
type Widths = typeof roomy
const widthOf = ({ laptop, gap, node, ports, service, pod }: Widths) =>
  2 * MARGIN + GAP + laptop + gap + node + 2 * ports + service + pod

/** The least width at which nothing is drawn narrower than it likes. */
export const roomyWidth = widthOf(roomy)

export const serviceId = (service: { readonly namespace: string; readonly name: string }) =>
  `service/${service.namespace}/${service.name}`
export const machineId = (name: string) => `machine/${name}`
export const balancerId = (address: string) => `load-balancer/${address}`
export const ingressId = (ingress: { readonly namespace: string; readonly name: string }) =>
  `ingress/${ingress.namespace}/${ingress.name}`
export const serverId = (address: string) => `server/${address}`
const WAITING = 'waiting'
const OUTSIDE = 'outside'

/**
 * Where everything is drawn. Nodes are bands across the picture, their Pods at the right; Services stand over the bands,
 * since kube-proxy serves them on every node. Left of them the laptop and, where there is one, the load balancer.
 */
export function layoutTopology(view: TopologyView, availableWidth: number, availableHeight = 0): Layout {
  const widths =
    [roomy, narrow].find((some) => widthOf(some) <= availableWidth) ?? (availableWidth < 460 ? tiny : narrow)
  const addresses = [...new Set(view.services.flatMap((service) => service.externalIPs))]
  const bandsAt =
    MARGIN +
    widths.laptop +
    widths.gap +
    (addresses.length + view.ingresses.length > 0 ? widths.balancer + widths.gap : 0)
  const servicesAt = bandsAt + widths.node + widths.ports
  const podsAt = servicesAt + widths.service + widths.ports
  const wide = Math.max(Math.floor(availableWidth), podsAt + widths.pod + MARGIN + GAP)

  const services = drawnServices(view)
  const heights = services.map((service) => serviceHeight(service, view))
  const doorsHeight = (addresses.length + view.ingresses.length) * (SERVICE_HEIGHT + GAP)
  const columnHeight = Math.max(
    doorsHeight,
    heights.reduce((sum, height) => sum + height + GAP, GAP),
  )
  const bands = layoutBands(view, {
    x: bandsAt,
    right: wide - MARGIN,
    podsAt,
    columnHeight,
    fill: availableHeight - TOP - MARGIN,
    widths,
  })
  const total = bands.height
  const column = layoutColumn(services, heights, { x: servicesAt, width: widths.service }, total)
  const left = layoutLeft(view, addresses, widths, total)
  const shapes = [...left, ...bands.shapes, ...column]
  const { lines, labels } = layoutLines(view, shapes, widths)
  const strip = { x: servicesAt - 6, width: widths.service + 12 }
  return { width: wide, height: total, column: strip, shapes, lines, labels }
}

/** The API server's own Service comes last: it is always there and rarely what one looks for. */
function drawnServices(view: TopologyView): readonly Service[] {
  const own = (service: Service) => service.namespace === 'default' && service.name === 'kubernetes'
  return [...view.services].sort((a, b) => Number(own(a)) - Number(own(b)) || (serviceId(a) < serviceId(b) ? -1 : 1))
}

function serviceHeight(service: Service, view: TopologyView): number {
  return SERVICE_HEIGHT + (nearMisses(service, view.pods).length > 0 ? 16 : 0)
}

interface BandFrame {
  readonly x: number
  readonly right: number
  readonly podsAt: number
  readonly columnHeight: number
  /** Height there is to use, needed or not. */
  readonly fill: number
  readonly widths: Widths
}

type Named = { readonly id: string } & ShapePart

/** Bands and what stands in them: nodes with their Pods, Pods without a node, servers outside the cluster. */
function bandRows(view: TopologyView): readonly { readonly band: Named; readonly boxes: readonly Named[] }[] {
  const boxes = podBoxes(view.pods).map((box) => ({ id: box.id, kind: 'pod' as const, box }))
  const waiting = boxes.filter(({ box }) => box.node === undefined)
  const servers = outsideServers(view).map((address) => ({ id: serverId(address), kind: 'server' as const, address }))
  const nodes = view.machines.filter((machine) => machine.role !== 'laptop')
  return [
    ...nodes.map((machine) => ({
      band: { id: machineId(machine.name), kind: 'node' as const, machine },
      boxes: boxes.filter(({ box }) => box.node === machine.name),
    })),
    ...(waiting.length > 0 ? [{ band: { id: WAITING, kind: 'waiting' as const }, boxes: waiting }] : []),
    ...(servers.length > 0 ? [{ band: { id: OUTSIDE, kind: 'outside' as const }, boxes: servers }] : []),
  ]
}

/** Endpoints written by hand that are neither Pods nor machines of the cluster. */
function outsideServers(view: TopologyView): readonly string[] {
  const inside = new Set([...view.machines.map(({ address }) => address), ...view.pods.map(({ ip }) => ip)])
  const written = view.services.flatMap(({ endpoints }) => endpoints.filter(({ pod }) => pod === undefined))
  return [...new Set(written.map(({ address }) => address))].filter((address) => !inside.has(address))
}

function layoutBands(view: TopologyView, frame: BandFrame): { shapes: readonly Shape[]; height: number } {
  const rows = bandRows(view)
  const podSpace = frame.right - GAP - frame.podsAt
  const columns = Math.max(1, Math.floor((podSpace + GAP) / (frame.widths.pod + 24 + GAP)))
  const podWidth = (podSpace - (columns - 1) * GAP) / columns
  const natural = rows.map((row) => Math.max(LOW_BAND, Math.ceil(row.boxes.length / columns) * (POD_HEIGHT + 6) + 8))
  const sum = natural.reduce((all, height) => all + height + GAP, TOP + MARGIN - GAP)
  const wanted = Math.max(frame.columnHeight, Math.min(frame.fill, rows.length * (BAND + GAP) - GAP))
  const spare = Math.max(0, wanted + TOP + MARGIN - sum) / Math.max(1, rows.length)
  const shapes: Shape[] = []
  let y = TOP
  for (const [i, { band, boxes }] of rows.entries()) {
    const height = (natural[i] ?? LOW_BAND) + spare
    shapes.push({ ...band, x: frame.x, y, width: frame.right - frame.x, height })
    const used = Math.ceil(boxes.length / columns) * (POD_HEIGHT + 6) - 6
    for (const [j, box] of boxes.entries())
      shapes.push({
        ...box,
        x: frame.podsAt + (j % columns) * (podWidth + GAP),
        y: y + (height - used) / 2 + Math.floor(j / columns) * (POD_HEIGHT + 6),
        width: podWidth,
        height: POD_HEIGHT,
      })
    y += height + GAP
  }
  return { shapes, height: y - GAP + MARGIN }
}

function layoutColumn(
  services: readonly Service[],
  heights: readonly number[],
  place: { readonly x: number; readonly width: number },
  total: number,
): readonly Shape[] {
  const used = heights.reduce((sum, height) => sum + height, 0)
  const space = Math.max(GAP, Math.min(28, (total - TOP - MARGIN - used) / (services.length + 1)))
  let y = TOP + (total - TOP - MARGIN - used - space * (services.length - 1)) / 2
  return services.map((service, i) => {
    const height = heights[i] ?? SERVICE_HEIGHT
    const shape: Shape = { id: serviceId(service), kind: 'service', service, ...place, y, height }
    y += height + space
    return shape
  })
}

/** The laptop, then load balancers' addresses and Ingresses, one below the other. */
function layoutLeft(view: TopologyView, addresses: readonly string[], widths: Widths, total: number): readonly Shape[] {
  const laptop = view.machines.find((machine) => machine.role === 'laptop')
  const second: readonly Named[] = [
    ...addresses.map((address) => ({ id: balancerId(address), kind: 'load-balancer' as const, address })),
    ...view.ingresses.map((ingress) => ({ id: ingressId(ingress), kind: 'ingress' as const, ingress })),
  ]
  const doors = second.map((one, i): Shape => {
    const y = (total / (second.length + 1)) * (i + 1) - 23
    return { ...one, x: MARGIN + widths.laptop + widths.gap, y, width: widths.balancer, height: 46 }
  })
  if (!laptop) return doors
  const place = {
    id: machineId(laptop.name),
    x: MARGIN,
    y: (TOP + total - MARGIN) / 2 - 32,
    width: widths.laptop,
    height: 64,
  }
  return [{ ...place, kind: 'laptop', machine: laptop }, ...doors]
}

function layoutLines(
  view: TopologyView,
  shapes: readonly Shape[],
  widths: Widths,
): { lines: readonly Line[]; labels: readonly PortLabel[] } {
  const at = new Map(shapes.map((shape) => [shape.id, shape]))
  const boxOf = new Map(
    shapes.flatMap((shape) =>
      shape.kind === 'pod' ? shape.box.pods.map((pod) => [`${pod.namespace}/${pod.name}`, shape] as const) : [],
    ),
  )
  const nodes = shapes.filter((shape) => shape.kind === 'node')
  const laptop = shapes.find((shape) => shape.kind === 'laptop')
  const lines = new Map<string, Line>()
  const join = (from: Place | undefined, to: Place | undefined, solid = true) => {
    if (!from || !to) return
    const id = `${from.id}>${to.id}`
    if (!lines.get(id)?.solid) lines.set(id, { id, from: from.id, to: to.id, path: curve(from, to), solid })
  }
  const labels: PortLabel[] = []
  for (const service of view.services) {
    const shape = at.get(serviceId(service))
    if (!shape) continue
    labels.push(...portLabels(service, shape))
    if (service.ports.some((port) => port.nodePort !== undefined)) {
      for (const node of nodes) join(service.externalIPs.length > 0 ? undefined : laptop, node)
      for (const node of nodes) join({ ...node, width: widths.node }, shape, nodeServes(node))
    }
    for (const address of service.externalIPs) {
      join(laptop, at.get(balancerId(address)))
      for (const node of nodes) join(at.get(balancerId(address)), node)
    }
    for (const endpoint of service.endpoints) {
      const to = endpoint.pod ? boxOf.get(`${service.namespace}/${endpoint.pod}`) : at.get(serverId(endpoint.address))
      join(shape, to, endpoint.ready)
    }
    for (const pod of view.pods)
      if (selects(service, pod)) join(shape, boxOf.get(`${pod.namespace}/${pod.name}`), false)
  }
  for (const ingress of view.ingresses)
    for (const { service } of ingress.routes)
      join(at.get(ingressId(ingress)), at.get(serviceId({ ...ingress, name: service })), ingress.served)
  return { lines: [...lines.values()], labels }
}

const nodeServes = (shape: Shape) => shape.kind === 'node' && shape.machine.ready

function portLabels(service: Service, shape: Place): readonly PortLabel[] {
  const [first, ...others] = service.ports
  if (!first) return []
  const more = others.length > 0 ? ` +${others.length}` : ''
  const y = shape.y + shape.height / 2 - 5
  const id = shape.id
  const target: PortLabel = {
    id: `${id}:target`,
    service: id,
    text: `${first.targetPort}${more}`,
    x: shape.x + shape.width + 11,
    y,
    anchor: 'start',
  }
  const onward = service.endpoints.some((endpoint) => endpoint.pod) ? [target] : []
  if (first.nodePort === undefined) return onward
  const door: PortLabel = {
    id: `${id}:node`,
    service: id,
    text: `${first.nodePort}${more}`,
    x: shape.x - 11,
    y,
    anchor: 'end',
  }
  return [door, ...onward]
}

/** A level curve from the right edge of one box to the left edge of another. */
export function curve(
  from: Pick<Place, 'x' | 'y' | 'width' | 'height'>,
  to: Pick<Place, 'x' | 'y' | 'height'>,
): string {
  const [x1, y1, x2, y2] = [from.x + from.width, from.y + from.height / 2, to.x, to.y + to.height / 2]
  const bend = Math.max(12, (x2 - x1) / 2)
  const n = (value: number) => Math.round(value * 10) / 10
  return `M${n(x1)} ${n(y1)}C${n(x1 + bend)} ${n(y1)} ${n(x2 - bend)} ${n(y2)} ${n(x2)} ${n(y2)}`
}
