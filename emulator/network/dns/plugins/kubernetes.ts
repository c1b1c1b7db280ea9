import { clusterReply } from '../cluster-zone.ts'
import { CorefileError, type Line } from '../corefile-blocks.ts'
import { type DnsPlugin, fallthroughZones, inZone, plainName, zoneFor, zonesOf } from '../plugin.ts'

/** What a kubernetes block says. */
export interface KubernetesZones {
  /** Zones without last dots. */
  readonly zones: readonly string[]
  pods: 'disabled' | 'insecure' | 'verified'
  ttl: number
  /** Zones whose unknown names go on to the next plugin; `''` for all. */
  leaves: readonly string[]
  /** Endpoints without a host name are called by their Pod. */
  endpointPodNames: boolean
  /** The only namespaces that are shown, if any are named. */
  namespaces: readonly string[]
  /** Services without endpoints do not exist. */
  ignoresEmpty: boolean
  /** Endpoints are not looked at. */
  noEndpoints: boolean
}

const DEFAULT_TTL = 5
const MOST_TTL = 3600
/** Properties that change nothing here: how the API server is reached, and what is watched. */
const OTHERS = new Set(
  'endpoint tls kubeconfig labels namespace_labels startup_timeout apiserver_qps apiserver_burst apiserver_max_inflight multicluster'.split(
    ' ',
  ),
)

/** Names of Services and Pods (coredns plugin/kubernetes). */
export const kubernetes: DnsPlugin = {
  name: 'kubernetes',
  setup([line], blockZones) {
    if (line === undefined) return undefined
    const config = read(line, blockZones)
    return (query, server, next) => {
      if (zoneFor(query.name, config.zones) === undefined) return next(query)
      const reply = clusterReply(server, config, query)
      const unknown = reply.rcode === 'NXDOMAIN'
      return unknown && config.leaves.some((zone) => inZone(query.name, zone)) ? next(query) : reply
    }
  },
}

function read(line: Line, blockZones: readonly string[]): KubernetesZones {
  const config: KubernetesZones = {
    zones: zonesOf(line.args, blockZones),
    pods: 'disabled',
    ttl: DEFAULT_TTL,
    leaves: [],
    endpointPodNames: false,
    namespaces: [],
    ignoresEmpty: false,
    noEndpoints: false,
  }
  for (const option of line.block) readOption(option, config)
  return config
}

function problem({ file }: Line, number: number, what: string): CorefileError {
  return new CorefileError(file, number, what, 'plugin/kubernetes: ')
}

function readOption(option: Line, config: KubernetesZones): void {
  const { name, args, number } = option
  const [first] = args
  if (name === 'pods') config.pods = podsMode(option, first)
  else if (name === 'ttl') config.ttl = secondsOf(option, first)
  else if (name === 'fallthrough') config.leaves = fallthroughZones(args)
  else if (name === 'endpoint_pod_names') config.endpointPodNames = true
  else if (name === 'namespaces') config.namespaces = args.map(plainName)
  else if (name === 'noendpoints') config.noEndpoints = true
  else if (name === 'ignore') {
    if (first !== 'empty_service') throw problem(option, number, `unable to parse ignore value: '${first ?? ''}'`)
    config.ignoresEmpty = true
  } else if (!OTHERS.has(name)) throw problem(option, number, `unknown property '${name}'`)
}

function podsMode(option: Line, mode: string | undefined): KubernetesZones['pods'] {
  if (mode === 'disabled' || mode === 'insecure' || mode === 'verified') return mode
  const what = `wrong value for pods: ${mode ?? ''},  must be one of: disabled, verified, insecure`
  throw problem(option, option.number, what)
}

function secondsOf(option: Line, value: string | undefined): number {
  const seconds = Number(value)
  if (seconds >= 0 && seconds <= MOST_TTL) return seconds
  throw problem(option, option.number, `ttl must be in range [0, ${MOST_TTL}]: ${value ?? ''}`)
}
