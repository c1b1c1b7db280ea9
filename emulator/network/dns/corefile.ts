/** What CoreDNS's configuration says, as far as answers depend on it. */
export interface DnsConfig {
  /** Zones of the kubernetes plugin, without trailing dots; empty if the plugin is not loaded. */
  readonly zones: readonly string[]
  readonly pods: 'disabled' | 'insecure' | 'verified'
  readonly ttl: number
  /** True if other names are forwarded. */
  readonly forwards: boolean
  /** Records of the hosts plugin. */
  readonly hosts: readonly { readonly address: string; readonly name: string }[]
  /** `rewrite name FROM TO`, exact names only. */
  readonly rewrites: readonly { readonly from: string; readonly to: string }[]
}

/** kubeadm's Corefile in short. */
export const DEFAULT_DNS_CONFIG: DnsConfig = Object.freeze({
  zones: ['cluster.local', 'in-addr.arpa', 'ip6.arpa'],
  pods: 'insecure',
  ttl: 30,
  forwards: true,
  hosts: [],
  rewrites: [],
})

/** Reads the directives that matter from a Corefile; unknown plugins are passed over. */
export function parseCorefile(text: string): DnsConfig {
  const hosts: { address: string; name: string }[] = []
  const rewrites: { from: string; to: string }[] = []
  let zones: readonly string[] = []
  let pods: DnsConfig['pods'] = 'disabled'
  let ttl = 5
  let forwards = false
  let block = ''
  for (const raw of text.split('\n')) {
    const words = raw.replace(/#.*/, '').trim().split(/\s+/)
    const [directive = '', ...rest] = words
    const values = rest.filter((word) => word !== '{')
    if (directive === 'kubernetes')
      zones = values.length > 0 ? values.map((zone) => zone.replace(/\.$/, '')) : ['cluster.local']
    else if (directive === 'forward' || directive === 'proxy') forwards = true
    else if (directive === 'rewrite' && values[0] === 'name') addRewrite(rewrites, values.slice(1))
    else if (block === 'kubernetes' && directive === 'pods') pods = podsMode(values[0])
    else if (block === 'kubernetes' && directive === 'ttl') ttl = Number(values[0]) || ttl
    else if (block === 'hosts' && /^\d+\./.test(directive))
      for (const name of values) hosts.push({ address: directive, name })
    if (raw.includes('{')) block = directive
    else if (raw.includes('}')) block = ''
  }
  return { zones, pods, ttl, forwards, hosts, rewrites }
}

function podsMode(value: string | undefined): DnsConfig['pods'] {
  return value === 'insecure' || value === 'verified' ? value : 'disabled'
}

function addRewrite(rewrites: { from: string; to: string }[], values: readonly string[]): void {
  const [from, to] = values[0] === 'exact' ? values.slice(1) : values
  if (from !== undefined && to !== undefined)
    rewrites.push({ from: from.replace(/\.$/, ''), to: to.replace(/\.$/, '') })
}
