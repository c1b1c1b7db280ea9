import type { TopologyView } from '../../server/protocol.ts'
import { podId } from './group.ts'
import { balancerId, ingressId, type Layout, machineId, type Service, serviceId } from './layout.ts'
import { formatLabel, selects } from './near-miss.ts'

type Pod = TopologyView['pods'][number]

/** Two YAML fields that hold because of each other: the left one names what the right one is. */
export interface Tie {
  readonly from: string
  readonly fromField: string
  readonly to: string
  readonly toField: string
}

/** Everything a shape touches: itself, its neighbours along lines, and what those lines go on to on either side. */
export function touchedBy(layout: Layout, id: string): ReadonlySet<string> {
  const touched = new Set([id])
  const walk = (start: string, way: 'from' | 'to') => {
    const back = way === 'from' ? 'to' : 'from'
    for (const line of layout.lines)
      if (line[way] === start && !touched.has(line[back])) {
        touched.add(line[back])
        walk(line[back], way)
      }
  }
  walk(id, 'from')
  const forwards = new Set(touched)
  touched.clear()
  touched.add(id)
  walk(id, 'to')
  return new Set([...forwards, ...touched])
}

/** The fields behind the lines at a shape. */
export function tiesOf(view: TopologyView, id: string): readonly Tie[] {
  const service = view.services.find((one) => serviceId(one) === id)
  if (service) return [...balancerTies(service), ...view.pods.flatMap((pod) => podTies(service, pod)).slice(0, 6)]
  const pod = view.pods.find((one) => podId(one) === id)
  if (pod) return [...view.services.flatMap((one) => podTies(one, pod)), ...nodeTie(pod)]
  const ingress = view.ingresses.find((one) => ingressId(one) === id)
  if (ingress) return routeTies(ingress)
  const balanced = view.services.filter((one) => one.externalIPs.some((address) => balancerId(address) === id))
  if (balanced.length > 0) return balanced.flatMap(balancerTies)
  const onNode = view.pods.filter((one) => one.node !== undefined && machineId(one.node) === id)
  return onNode.flatMap(nodeTie).slice(0, 6)
}

function podTies(service: Service, pod: Pod): readonly Tie[] {
  if (!selects(service, pod)) return []
  const from = `Service ${service.name}`
  const to = `Pod ${pod.name}`
  const labels = Object.entries(service.selector).map(([key, value]) => ({
    from,
    fromField: `spec.selector: ${formatLabel(key, value)}`,
    to,
    toField: `metadata.labels: ${formatLabel(key, value)}`,
  }))
  const ports = service.ports.flatMap((port) => {
    const listening = pod.ports.find((one) => one.port === port.targetPort || one.name === port.targetPort)
    const named =
      listening?.name === port.targetPort ? `ports.name: ${listening.name} → containerPort: ${listening.port}` : ''
    const plain = listening ? `ports.containerPort: ${listening.port}` : ''
    const toField = named || plain
    return toField ? [{ from, fromField: `spec.ports.targetPort: ${port.targetPort}`, to, toField }] : []
  })
  return [...labels, ...ports]
}

const routeTies = ({ name, routes }: TopologyView['ingresses'][number]): readonly Tie[] =>
  routes.map(({ host, path, service }) => ({
    from: `Ingress ${name}`,
    fromField: `${host}${path}: backend.service.name: ${service}`,
    to: `Service ${service}`,
    toField: `metadata.name: ${service}`,
  }))

const balancerTies = (service: Service): readonly Tie[] =>
  service.externalIPs.map((address) => ({
    from: address,
    fromField: service.ports.map((port) => port.port).join(', '),
    to: `Service ${service.name}`,
    toField: `status.loadBalancer.ingress.ip: ${address}`,
  }))

const nodeTie = (pod: Pod): readonly Tie[] =>
  pod.node === undefined
    ? []
    : [
        {
          from: `Pod ${pod.name}`,
          fromField: `spec.nodeName: ${pod.node}`,
          to: `Node ${pod.node}`,
          toField: `metadata.name: ${pod.node}`,
        },
      ]
