import type { EndpointSlice, Service, Endpoint as SliceEndpoint } from '../../generated/types.ts'
import { parseIPv4 } from '../addresses.ts'
import { slicesOf } from '../endpoint-set.ts'
import { hasClusterIP } from '../service-match.ts'
import type { DnsRecord } from '../types.ts'
import { podByAddress, type World } from '../world.ts'
import { type DnsQuery, type DnsServer, inZone, zoneFor } from './plugin.ts'
import type { KubernetesZones } from './plugins/kubernetes.ts'
import { type DnsReply, failure, isAddressOf, normalizeName, record, reverseAddress } from './reply.ts'

/** Where an address of a Service or Pod is found: the name that SRV records use, and a port if it has one. */
interface Target {
  readonly address: string
  readonly port: number | undefined
  readonly name: string
}

/** What a name stands for: addresses, another name, or nothing of the kind that is asked for. */
type Found = { readonly targets: readonly Target[] } | { readonly alias: string }

const NOTHING: Found = { targets: [] }
const VERSION_TTL = 28_800
const MAX_SOA_TTL = 300
const MAX_ALIASES = 8

interface Asked {
  readonly world: World
  readonly config: KubernetesZones
  readonly zone: string
  readonly labels: readonly string[]
}

/** Answers as CoreDNS's kubernetes plugin does (schema 1.1.0, coredns plugin/kubernetes) for names in its zones. */
export function clusterReply(server: DnsServer, config: KubernetesZones, query: DnsQuery): DnsReply {
  const zone = zoneFor(query.name, config.zones) ?? ''
  if (/(^|\.)(in-addr|ip6)\.arpa$/.test(zone)) return reverseReply(server.world, config, zone, query)
  const labels = query.name === zone ? [] : query.name.slice(0, -zone.length - 1).split('.')
  const asked: Asked = { world: server.world, config, zone, labels }
  const special = ownNames(asked, query)
  if (special !== undefined) return special
  const found = resolve(asked)
  if (found === undefined) return missing(asked)
  return 'alias' in found ? aliasReply(server, asked, query, found.alias) : targetsReply(asked, query, found.targets)
}

/** The zone itself, its name server and its version. */
function ownNames(asked: Asked, { name, type }: DnsQuery): DnsReply | undefined {
  const { world, config, zone, labels } = asked
  const server = world.objects.service('kube-system', 'kube-dns')?.spec?.clusterIP
  const own = server === undefined ? [] : [record(`ns.dns.${zone}`, 'A', server, config.ttl)]
  if (name === zone && type === 'SOA') return { rcode: 'NOERROR', answers: [soa(config, zone)], authority: [] }
  if (name === zone && type === 'NS')
    return {
      rcode: 'NOERROR',
      answers: [record(zone, 'NS', `ns.dns.${zone}.`, config.ttl)],
      authority: [],
      additional: own,
    }
  if (name === `ns.dns.${zone}`) return withData(asked, type === 'A' ? own : [])
  if (type !== 'TXT') return undefined
  const isVersion = labels.length === 1 && labels[0] === 'dns-version'
  return withData(asked, isVersion ? [record(name, 'TXT', '"1.1.0"', VERSION_TTL)] : [])
}

function soa({ ttl }: KubernetesZones, zone: string): DnsRecord {
  const data = `ns.dns.${zone}. hostmaster.${zone}. 1779100000 7200 1800 86400 ${ttl}`
  return record(zone, 'SOA', data, Math.min(ttl, MAX_SOA_TTL))
}

function missing({ config, zone }: Pick<Asked, 'config' | 'zone'>): DnsReply {
  return { ...failure('NXDOMAIN'), authority: [soa(config, zone)] }
}

function withData({ config, zone }: Asked, answers: readonly DnsRecord[], additional?: readonly DnsRecord[]): DnsReply {
  const authority = answers.length === 0 ? [soa(config, zone)] : []
  return { rcode: 'NOERROR', answers, authority, ...(additional && { additional }) }
}

function targetsReply(asked: Asked, { name, type }: DnsQuery, targets: readonly Target[]): DnsReply {
  const { ttl } = asked.config
  if (type === 'A' || type === 'AAAA') {
    const addresses = [...new Set(targets.map(({ address }) => address))].filter((one) => isAddressOf(type, one))
    return withData(
      asked,
      addresses.map((address) => record(name, type, address, ttl)),
    )
  }
  if (type !== 'SRV') return withData(asked, [])
  const weight = Math.max(1, Math.floor(100 / targets.length))
  const answers = targets.flatMap(({ port, name: target }) =>
    port === undefined ? [] : [record(name, 'SRV', `0 ${weight} ${port} ${target}.`, ttl)],
  )
  const named = new Map(targets.map((one) => [`${one.name} ${one.address}`, one]))
  const additional = [...named.values()].map((one) => record(one.name, 'A', one.address, ttl))
  return withData(asked, answers, answers.length > 0 ? additional : undefined)
}

/** An alias brings along what it leads to; one that leads to nothing in these zones is left out (coredns plugin/backend_lookup.go). */
function aliasReply(server: DnsServer, asked: Asked, query: DnsQuery, alias: string): DnsReply {
  const { name, type } = query
  if (alias === name || !['A', 'AAAA', 'CNAME'].includes(type)) return withData(asked, [])
  const own = record(name, 'CNAME', `${alias}.`, asked.config.ttl)
  if (type === 'CNAME') return withData(asked, [own])
  const inside = inZone(alias, asked.zone)
  const chain = query.depth ?? 0
  if (inside && chain >= MAX_ALIASES) return withData(asked, [])
  const target = inside
    ? clusterReply(server, asked.config, { ...query, name: alias, depth: chain + 1 })
    : server.ask({ name: alias, type })
  if (target.late || (!inside && target.rcode === 'SERVFAIL')) return target
  return inside && target.answers.length === 0 ? withData(asked, []) : withData(asked, [own, ...target.answers])
}

/** undefined: there is no such name. */
function resolve(asked: Asked): Found | undefined {
  const { world, config, labels } = asked
  const kind = labels.at(-1)
  const namespace = labels.at(-2)
  if (kind === undefined || (labels.length === 1 && (kind === 'svc' || kind === 'pod'))) return NOTHING
  if ((kind !== 'svc' && kind !== 'pod') || namespace === undefined || labels.length > 5) return undefined
  if (config.namespaces.length > 0 && !config.namespaces.includes(namespace)) return undefined
  if (world.objects.namespace(namespace) === undefined) return undefined
  const name = labels.at(-3)
  if (name === undefined) return NOTHING
  return kind === 'pod' ? podByItsAddress(asked, namespace, name) : serviceTargets(asked, namespace, name)
}

/** `10-244-1-2.default.pod.cluster.local` (pods insecure: any address; verified: one that a Pod of the namespace has). */
function podByItsAddress({ world, config }: Asked, namespace: string, name: string): Found | undefined {
  if (config.pods === 'disabled') return undefined
  const isIPv4 = name.split('-').length === 4 && !name.includes('--')
  const address = isIPv4 ? name.replaceAll('-', '.') : name.replaceAll('-', ':')
  if (isIPv4 ? parseIPv4(address) === undefined : !isIPv6(address)) return undefined
  if (config.pods === 'verified' && podByAddress(world, address)?.metadata?.namespace !== namespace) return undefined
  return { targets: [{ address, port: undefined, name }] }
}

function isIPv6(address: string): boolean {
  const groups = address.split(':')
  const isShort = address.includes('::') && groups.length <= 8
  return (isShort || groups.length === 8) && groups.every((group) => /^[0-9a-f]{0,4}$/.test(group))
}

/** `web`, `hostname.web`, `_http._tcp.web` in a namespace. */
function serviceTargets(asked: Asked, namespace: string, name: string): Found | undefined {
  const { world, config, zone, labels } = asked
  const service = world.objects.service(namespace, name)
  if (service === undefined) return undefined
  const front = labels.slice(0, -3)
  const endpoint = front.length === 1 ? front[0] : undefined
  const [port, protocol] = front.length === 2 ? front.map((label) => label.replace(/^_/, '')) : []
  const suffix = `${name}.${namespace}.svc.${zone}`
  const headless = service.spec?.clusterIP === 'None'
  if (service.spec?.type === 'ExternalName') return endpoint === undefined ? externalName(service) : undefined
  if (config.ignoresEmpty && !headless && endpointsOf(asked, service).length === 0) return undefined
  const matches = (one: { readonly name?: string; readonly protocol?: string }): boolean =>
    (port === undefined || (one.name ?? '') === port) &&
    (protocol === undefined || (one.protocol ?? 'TCP').toLowerCase() === protocol)
  const targets =
    headless || endpoint !== undefined
      ? endpointTargets(asked, service, suffix, endpoint, matches)
      : clusterTargets(service, suffix, matches)
  return targets.length === 0 ? undefined : { targets }
}

/** An externalName that is an address is no name, and so there is none (msg.Service.HostType). */
function externalName({ spec }: Service): Found | undefined {
  const alias = normalizeName(spec?.externalName ?? '')
  return alias === '' || parseIPv4(alias) !== undefined || alias.includes(':') ? undefined : { alias }
}

type MatchesPort = (port: { readonly name?: string; readonly protocol?: string }) => boolean

function clusterTargets(service: Service, suffix: string, matches: MatchesPort): readonly Target[] {
  if (!hasClusterIP(service)) return []
  const ports = service.spec?.ports ?? []
  return ports.filter(matches).map(({ port }) => ({ address: service.spec?.clusterIP ?? '', port, name: suffix }))
}

function endpointTargets(
  asked: Asked,
  service: Service,
  suffix: string,
  wanted: string | undefined,
  matches: MatchesPort,
): readonly Target[] {
  return endpointsOf(asked, service).flatMap(({ slice, endpoint, address }) => {
    const host = hostOf(asked.config, endpoint, address)
    if (wanted !== undefined && wanted !== host) return []
    const ports: readonly { readonly name?: string; readonly protocol?: string; readonly port?: number }[] = slice.ports
      ?.length
      ? slice.ports
      : [{}]
    return ports.filter(matches).map(({ port }) => ({ address, port, name: `${host}.${suffix}` }))
  })
}

function endpointsOf({ world, config }: Asked, service: Service) {
  const slices: readonly EndpointSlice[] = config.noEndpoints ? [] : slicesOf(world.objects, service)
  return slices.flatMap((slice) =>
    (slice.endpoints ?? []).flatMap((endpoint) => {
      const address = endpoint.addresses[0]
      return address === undefined || endpoint.conditions?.ready === false ? [] : [{ slice, endpoint, address }]
    }),
  )
}

function hostOf({ endpointPodNames }: KubernetesZones, endpoint: SliceEndpoint, address: string): string {
  const pod = endpointPodNames ? endpoint.targetRef?.name : undefined
  return endpoint.hostname || pod || address.replace(/[.:]/g, '-')
}

/** A cluster IP's Service, else endpoints that have a host name (coredns plugin/kubernetes/reverse.go). */
function reverseReply(world: World, config: KubernetesZones, zone: string, { name, type }: DnsQuery): DnsReply {
  const address = reverseAddress(name)
  const targets = address === undefined ? [] : reverseNames(world, config, address)
  if (targets.length === 0) return missing({ config, zone })
  const answers = type === 'PTR' ? targets.map((target) => record(name, 'PTR', `${target}.`, config.ttl)) : []
  return { rcode: 'NOERROR', answers, authority: answers.length === 0 ? [soa(config, zone)] : [] }
}

function reverseNames(world: World, config: KubernetesZones, address: string): readonly string[] {
  const zone = config.zones.find((candidate) => !candidate.endsWith('.arpa')) ?? 'cluster.local'
  const shown = (namespace: string | undefined): boolean =>
    config.namespaces.length === 0 || config.namespaces.includes(namespace ?? '')
  for (const service of world.objects.servicesFor(`address ${address}`)) {
    const { name = '', namespace = '' } = service.metadata ?? {}
    if (hasClusterIP(service) && service.spec?.clusterIP === address && shown(namespace))
      return [`${name}.${namespace}.svc.${zone}`]
  }
  return world.objects.slicesAt(address).flatMap(({ metadata, endpoints = [] }) => {
    const service = metadata?.labels?.['kubernetes.io/service-name']
    if (service === undefined || !shown(metadata?.namespace)) return []
    return endpoints
      .filter(
        ({ addresses, hostname, conditions }) => addresses[0] === address && hostname && conditions?.ready !== false,
      )
      .map(({ hostname }) => `${hostname}.${service}.${metadata?.namespace ?? ''}.svc.${zone}`)
  })
}
