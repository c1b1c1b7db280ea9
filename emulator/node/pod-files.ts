import { nameOf, namespaceOf } from '../controllers/metadata.ts'
import type { Pod } from '../generated/types.ts'

/** /etc/hosts as the kubelet writes it (upstream: kubelet_pods.go nodeHostsFileContent, managedHostsFileContent). */
export function hostsFile(pod: Pod, podIP: string, nodeHosts: string): string {
  const head = pod.spec?.hostNetwork
    ? `# Kubernetes-managed hosts file (host network).\n${nodeHosts}`
    : `${managedHosts}${podIP}\t${podNames(pod).join('\t')}\n`
  const aliases = (pod.spec?.hostAliases ?? []).map(({ ip, hostnames }) => `${ip}\t${(hostnames ?? []).join('\t')}\n`)
  return aliases.length === 0 ? head : `${head}\n# Entries added by HostAliases.\n${aliases.join('')}`
}

const managedHosts = `# Kubernetes-managed hosts file.
127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::0\tip6-localnet
fe00::0\tip6-mcastprefix
fe00::1\tip6-allnodes
fe00::2\tip6-allrouters
`

/** Own name in the Pod's files: with a subdomain, the full name comes first. */
function podNames(pod: Pod): readonly string[] {
  const host = podHostname(pod)
  const { subdomain } = pod.spec ?? {}
  return subdomain ? [`${host}.${subdomain}.${namespaceOf(pod)}.svc.cluster.local`, host] : [host]
}

/** The name that the kernel knows: the full one if the Pod asks for it and it has one. */
export function kernelHostname(pod: Pod): string {
  return (pod.spec?.setHostnameAsFQDN ? podNames(pod)[0] : undefined) ?? podHostname(pod)
}

export function podHostname(pod: Pod): string {
  return (pod.spec?.hostname ?? nameOf(pod)).slice(0, 63).replace(/[-.]+$/, '')
}

/** What kubeadm gives the kubelet on a host with systemd-resolved: the real servers, not the local stub. */
export const kubeletResolvConf = '/run/systemd/resolve/resolv.conf'

/** More of them no resolver library reads (upstream: pkg/kubelet/network/dns/dns.go, pkg/apis/core/validation). */
const MOST_SERVERS = 3
const MOST_SEARCHES = 32
const MOST_SEARCH_CHARACTERS = 2048

/** /etc/resolv.conf by dnsPolicy and dnsConfig (upstream: pkg/kubelet/network/dns/dns.go GetPodDNS). */
export function resolvConf(pod: Pod, nodeResolvConf: string, clusterDns: string): string {
  const { servers, searches, options } = withinLimits(podResolver(pod, nodeResolvConf, clusterDns))
  return [
    ...(searches.length > 0 ? [`search ${searches.join(' ')}`] : []),
    ...servers.map((server) => `nameserver ${server}`),
    ...(options.length > 0 ? [`options ${options.join(' ')}`] : []),
    '',
  ].join('\n')
}

/** What the kubelet says of servers and domains that it leaves out. */
export function resolvConfProblems(pod: Pod, nodeResolvConf: string, clusterDns: string): readonly string[] {
  const wanted = podResolver(pod, nodeResolvConf, clusterDns)
  const { servers, searches } = withinLimits(wanted)
  return [
    ...(servers.length < wanted.servers.length
      ? [
          `Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: ${servers.join(' ')}`,
        ]
      : []),
    ...(searches.length < wanted.searches.length
      ? [
          `Search Line limits were exceeded, some search paths have been omitted, the applied search line is: ${searches.join(' ')}`,
        ]
      : []),
  ]
}

function withinLimits({ servers, searches, options }: Resolver): Resolver {
  let kept = searches.slice(0, MOST_SEARCHES)
  while (kept.join(' ').length > MOST_SEARCH_CHARACTERS) kept = kept.slice(0, -1)
  return { servers: servers.slice(0, MOST_SERVERS), searches: kept, options }
}

function podResolver(pod: Pod, nodeResolvConf: string, clusterDns: string): Resolver {
  const base = baseResolver(pod, nodeResolvConf, clusterDns)
  const extra = pod.spec?.dnsConfig
  const options = new Map(base.options.map((option) => [option.split(':')[0], option]))
  for (const { name = '', value } of extra?.options ?? [])
    options.set(name, value === undefined ? name : `${name}:${value}`)
  const servers = [...new Set([...base.servers, ...(extra?.nameservers ?? [])])]
  const searches = [...new Set([...base.searches, ...(extra?.searches ?? [])])]
  return { servers, searches, options: [...options.values()] }
}

interface Resolver {
  readonly servers: readonly string[]
  readonly searches: readonly string[]
  readonly options: readonly string[]
}

function baseResolver(pod: Pod, nodeResolvConf: string, clusterDns: string): Resolver {
  const policy = pod.spec?.dnsPolicy ?? 'ClusterFirst'
  if (policy === 'None') return { servers: [], searches: [], options: [] }
  const node = parseResolvConf(nodeResolvConf)
  const cluster = policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && !pod.spec?.hostNetwork)
  if (!cluster) return node
  const domains = [`${namespaceOf(pod)}.svc.cluster.local`, 'svc.cluster.local', 'cluster.local']
  return { servers: [clusterDns], searches: [...domains, ...node.searches], options: ['ndots:5'] }
}

function parseResolvConf(text: string): Resolver {
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/))
  const all = (keyword: string) => lines.filter(([first]) => first === keyword).map(([, ...rest]) => rest)
  return {
    servers: all('nameserver').flat(),
    searches: (all('search').at(-1) ?? []).filter((domain) => domain !== '.'),
    options: all('options').flat(),
  }
}
