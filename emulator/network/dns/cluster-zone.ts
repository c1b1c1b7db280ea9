import type { Service } from '../../generated/types.ts'
import { parseIPv4 } from '../addresses.ts'
import { slicesOf } from '../endpoint-set.ts'
import { hasClusterIP } from '../service-match.ts'
import type { DnsQuestion, DnsRecord } from '../types.ts'
import { podByAddress, type World } from '../world.ts'
import type { DnsConfig } from './corefile.ts'
import { type DnsReply, normalizeName, reverseAddress } from './reply.ts'

/** Records of a name in the cluster's zone; undefined: there is no such name. An empty list: it exists without data. */
type Found = readonly DnsRecord[] | undefined

/** Answers as CoreDNS's kubernetes plugin does (schema 1.1.0); undefined for names outside its zones. */
export function clusterReply(world: World, config: DnsConfig, question: DnsQuestion): DnsReply | undefined {
  const name = normalizeName(question.name)
  const address = reverseAddress(name)
  if (address !== undefined && config.zones.includes('in-addr.arpa')) {
    const target = reverseName(world, config, address)
    if (target === undefined) return reply(config, 'in-addr.arpa', undefined)
    const records = question.type === 'PTR' ? [record(name, 'PTR', `${target}.`, config.ttl)] : []
    return reply(config, name, records)
  }
  const zone = config.zones.find((candidate) => name === candidate || name.endsWith(`.${candidate}`))
  if (zone === undefined) return undefined
  const labels = name === zone ? [] : name.slice(0, -zone.length - 1).split('.')
  const found = resolve(world, config, zone, labels, { ...question, name })
  return reply(config, zone, found)
}

function reply(config: DnsConfig, zone: string, found: Found): DnsReply {
  const soa = record(
    zone,
    'SOA',
    `ns.dns.${zone}. hostmaster.${zone}. 1779100000 7200 1800 86400 ${config.ttl}`,
    config.ttl,
  )
  if (found === undefined) return { rcode: 'NXDOMAIN', answers: [], authority: [soa] }
  return { rcode: 'NOERROR', answers: found, authority: found.length === 0 ? [soa] : [] }
}

function resolve(
  world: World,
  config: DnsConfig,
  zone: string,
  labels: readonly string[],
  question: DnsQuestion,
): Found {
  const kind = labels.at(-1)
  const namespace = labels.at(-2)
  const rest = labels.slice(0, -2)
  if (kind === undefined) return apex(config, zone, question)
  if (kind === 'dns' && labels.length === 2 && namespace === 'ns') return nameServer(world, config, question)
  if (kind === 'dns-version' && labels.length === 1) {
    return question.type === 'TXT' ? [record(question.name, 'TXT', '"1.1.0"', config.ttl)] : []
  }
  if (kind !== 'svc' && kind !== 'pod') return undefined
  if (namespace === undefined) return []
  if (!namespaceExists(world, namespace)) return undefined
  if (rest.length === 0) return []
  if (kind === 'pod') return podRecords(world, config, namespace, rest, question)
  return serviceRecords(world, config, zone, namespace, rest, question)
}

function apex(config: DnsConfig, zone: string, question: DnsQuestion): Found {
  if (question.type === 'NS') return [record(zone, 'NS', `ns.dns.${zone}.`, config.ttl)]
  if (question.type === 'SOA') return reply(config, zone, undefined).authority
  return []
}

function nameServer(world: World, config: DnsConfig, question: DnsQuestion): Found {
  const service = world.objects.service('kube-system', 'kube-dns')
  const address = service?.spec?.clusterIP
  if (address === undefined) return undefined
  return question.type === 'A' ? [record(question.name, 'A', address, config.ttl)] : []
}

/** Namespaces exist for DNS as soon as anything lies in them; kube-system and default always do. */
function namespaceExists(world: World, namespace: string): boolean {
  return (
    namespace === 'default' ||
    namespace === 'kube-system' ||
    world.objects.servicesIn(namespace).length > 0 ||
    world.objects.podsIn(namespace).length > 0
  )
}

/** `10-244-1-2.default.pod.cluster.local` (pods insecure: any address; verified: one that a Pod of the namespace has). */
function podRecords(
  world: World,
  config: DnsConfig,
  namespace: string,
  rest: readonly string[],
  question: DnsQuestion,
): Found {
  const address = (rest[0] ?? '').replace(/-/g, '.')
  if (config.pods === 'disabled' || rest.length !== 1 || parseIPv4(address) === undefined) return undefined
  if (config.pods === 'verified' && podByAddress(world, address)?.metadata?.namespace !== namespace) return undefined
  return question.type === 'A' ? [record(question.name, 'A', address, config.ttl)] : []
}

function serviceRecords(
  world: World,
  config: DnsConfig,
  zone: string,
  namespace: string,
  rest: readonly string[],
  question: DnsQuestion,
): Found {
  const service = world.objects.service(namespace, rest.at(-1) ?? '')
  if (service === undefined) return undefined
  const front = rest.slice(0, -1)
  const suffix = `${service.metadata?.name}.${namespace}.svc.${zone}`
  if (service.spec?.type === 'ExternalName') {
    if (front.length > 0) return undefined
    return [record(question.name, 'CNAME', `${normalizeName(service.spec.externalName ?? '')}.`, config.ttl)]
  }
  const targets = targetsOf(world, service, suffix, front)
  if (targets.length === 0) return undefined
  if (question.type === 'A' || question.type === 'ANY') {
    const addresses = [...new Set(targets.map((target) => target.address))]
    return addresses.map((address) => record(question.name, 'A', address, config.ttl))
  }
  if (question.type !== 'SRV') return []
  const weight = Math.floor(100 / targets.length)
  return targets.map((target) => record(question.name, 'SRV', `0 ${weight} ${target.port} ${target.name}.`, config.ttl))
}

interface Target {
  readonly address: string
  readonly port: number
  readonly name: string
}

/** What a Service name, `_port._proto.` or `hostname.` before it, stands for. */
function targetsOf(world: World, service: Service, suffix: string, front: readonly string[]): readonly Target[] {
  const [portLabel, protocolLabel] = front
  const byPort = front.length === 2 && portLabel?.startsWith('_') === true && protocolLabel?.startsWith('_') === true
  if (front.length > 0 && !byPort && front.length !== 1) return []
  const wanted = (name: string | undefined, protocol: string | undefined): boolean =>
    !byPort || (`_${name ?? ''}` === portLabel && `_${(protocol ?? 'TCP').toLowerCase()}` === protocolLabel)
  if (hasClusterIP(service)) {
    if (front.length === 1) return []
    const address = service.spec?.clusterIP ?? ''
    return (service.spec?.ports ?? [])
      .filter((port) => wanted(port.name, port.protocol))
      .map((port) => ({ address, port: port.port, name: suffix }))
  }
  return headlessTargets(world, service, suffix, wanted).filter(
    (target) => front.length !== 1 || target.name === `${front[0]}.${suffix}`,
  )
}

function headlessTargets(
  world: World,
  service: Service,
  suffix: string,
  wanted: (name: string | undefined, protocol: string | undefined) => boolean,
): readonly Target[] {
  const targets: Target[] = []
  for (const slice of slicesOf(world.objects, service)) {
    const ports = (slice.ports ?? []).filter((port) => wanted(port.name, port.protocol))
    for (const endpoint of slice.endpoints ?? []) {
      const address = endpoint.addresses[0]
      if (address === undefined || endpoint.conditions?.ready === false) continue
      const name = `${endpoint.hostname ?? address.replace(/\./g, '-')}.${suffix}`
      for (const port of ports.length > 0 ? ports : [{ port: 0 }]) targets.push({ address, port: port.port ?? 0, name })
    }
  }
  return targets
}

/** A cluster IP's Service, else an endpoint that has a host name (CoreDNS plugin/kubernetes/reverse.go). */
function reverseName(world: World, config: DnsConfig, address: string): string | undefined {
  const zone = config.zones.find((candidate) => !candidate.endsWith('.arpa')) ?? 'cluster.local'
  for (const service of world.objects.servicesFor(`address ${address}`)) {
    const { name = '', namespace = '' } = service.metadata ?? {}
    if (hasClusterIP(service) && service.spec?.clusterIP === address) return `${name}.${namespace}.svc.${zone}`
  }
  for (const { metadata, endpoints = [] } of world.objects.slicesAt(address)) {
    const service = metadata?.labels?.['kubernetes.io/service-name']
    const named = endpoints.find(({ addresses, hostname }) => addresses[0] === address && hostname)
    if (service !== undefined && named !== undefined)
      return `${named.hostname}.${service}.${metadata?.namespace ?? ''}.svc.${zone}`
  }
  return undefined
}

function record(name: string, type: DnsRecord['type'], data: string, ttl: number): DnsRecord {
  return { name: `${normalizeName(name)}.`, type, ttl, data }
}
