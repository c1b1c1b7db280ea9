import { blocksOf, CorefileError, type Line } from './corefile-blocks.ts'

/** What one server block of CoreDNS's configuration says, as far as answers depend on it. */
export interface DnsConfig {
  /** Names that the block answers for, without trailing dots; `''` for all. */
  readonly serves: readonly string[]
  /** Zones of the kubernetes plugin, without trailing dots; empty if the plugin is not loaded. */
  readonly zones: readonly string[]
  readonly pods: 'disabled' | 'insecure' | 'verified'
  readonly ttl: number
  /** Zones whose unknown names go on to the next plugin; `''` for all. */
  readonly fallthrough: readonly string[]
  /** Where other names are forwarded to. */
  readonly forwards: readonly { readonly from: string; readonly to: readonly string[] }[]
  /** Records of the hosts plugin. */
  readonly hosts: readonly { readonly address: string; readonly name: string }[]
  /** True if the hosts plugin leaves names that it does not have to others. */
  readonly hostsFallThrough: boolean
  readonly rewrites: readonly Rewrite[]
  /** A changed file is taken up without a restart. */
  readonly reloads: boolean
}

/** `rewrite name KIND FROM TO`. */
export interface Rewrite {
  readonly kind: 'exact' | 'prefix' | 'suffix' | 'substring'
  readonly from: string
  readonly to: string
}

type Draft = { -readonly [Key in keyof DnsConfig]: DnsConfig[Key] }

const EMPTY: DnsConfig = Object.freeze({
  serves: [''],
  zones: [],
  pods: 'disabled',
  ttl: 5,
  fallthrough: [],
  forwards: [],
  hosts: [],
  hostsFallThrough: false,
  rewrites: [],
  reloads: false,
})

/** kubeadm's Corefile in short. */
export const DEFAULT_DNS_CONFIG: readonly DnsConfig[] = Object.freeze([
  {
    ...EMPTY,
    zones: ['cluster.local', 'in-addr.arpa', 'ip6.arpa'],
    pods: 'insecure',
    ttl: 30,
    fallthrough: ['in-addr.arpa', 'ip6.arpa'],
    forwards: [{ from: '', to: ['/etc/resolv.conf'] }],
    reloads: true,
  } as const,
])

/** Plugins whose effect on answers is not looked at, beside those that `PLUGINS` reads. */
const SILENT = new Set(
  'errors log health ready prometheus cache loop loadbalance metadata cancel tls bind bufsize debug trace pprof minimal nsid any acl header autopath'.split(
    ' ',
  ),
)

type Reader = (line: Line, draft: Draft) => void

const PLUGINS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['kubernetes', readKubernetes],
  ['hosts', readHosts],
  ['forward', readForward],
  ['rewrite', readRewrite],
  ['reload', readReload],
])

/** Reads a Corefile; throws a CorefileError with CoreDNS's own words where CoreDNS would not start. */
export function parseCorefile(text: string, file = 'Corefile'): readonly DnsConfig[] {
  return blocksOf(text, file).map(({ keys, lines }) => {
    const draft: Draft = { ...EMPTY, serves: keys.map(zoneOf) }
    for (const line of lines) {
      const read = PLUGINS.get(line.name)
      if (read) read(line, draft)
      else if (!SILENT.has(line.name)) throw new CorefileError(file, line.number, `Unknown directive '${line.name}'`)
    }
    return draft
  })
}

/** `.:53` → `''`, `dns://corp.local.:53` → `corp.local`. */
function zoneOf(key: string): string {
  return plain(key.replace(/^dns:\/\//, '').replace(/:\d+$/, ''))
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}

function readKubernetes(line: Line, draft: Draft): void {
  draft.zones = line.args.length > 0 ? line.args.map(plain) : draft.serves
  for (const { name, args, number } of line.block) {
    if (name === 'pods') {
      const mode = args[0]
      if (mode !== 'disabled' && mode !== 'insecure' && mode !== 'verified')
        throw new CorefileError(
          line.file,
          number,
          `wrong value for pods: ${mode ?? ''},  must be one of: disabled, verified, insecure`,
          'plugin/kubernetes: ',
        )
      draft.pods = mode
    } else if (name === 'ttl') draft.ttl = secondsOf(line, args[0], number)
    else if (name === 'fallthrough') draft.fallthrough = args.length === 0 ? [''] : args.map(plain)
    else if (!KUBERNETES_OPTIONS.has(name))
      throw new CorefileError(line.file, number, `unknown property '${name}'`, 'plugin/kubernetes: ')
  }
}

const KUBERNETES_OPTIONS = new Set(
  'endpoint endpoint_pod_names tls kubeconfig namespaces labels namespace_labels noendpoints ignore startup_timeout apiserver_qps apiserver_burst apiserver_max_inflight multicluster'.split(
    ' ',
  ),
)

function secondsOf(line: Line, value: string | undefined, number: number): number {
  const seconds = Number(value)
  if (!(seconds >= 0 && seconds <= 3600))
    throw new CorefileError(line.file, number, `ttl must be in range [0, 3600]: ${value ?? ''}`, 'plugin/kubernetes: ')
  return seconds
}

function readHosts({ block }: Line, draft: Draft): void {
  draft.hosts = block
    .filter(({ name }) => /^\d+\.\d+\.\d+\.\d+$/.test(name))
    .flatMap(({ name: address, args }) => args.map((name) => ({ address, name: plain(name) })))
  draft.hostsFallThrough = block.some(({ name }) => name === 'fallthrough')
}

function readForward(line: Line, draft: Draft): void {
  const [from, ...to] = line.args
  if (from === undefined || to.length === 0)
    throw new CorefileError(
      line.file,
      line.number,
      `Wrong argument count or unexpected line ending after '${from ?? 'forward'}'`,
      'plugin/forward: ',
    )
  const wrong = to.find((server) => !/^((dns|tls|https):\/\/)?(\/|\[?[0-9a-f.:]+\]?$)/i.test(server))
  if (wrong !== undefined)
    throw new CorefileError(line.file, 0, `not an IP address or file: "${wrong}"`, 'plugin/forward: ')
  draft.forwards = [...draft.forwards, { from: plain(from), to }]
}

function readReload(_: Line, draft: Draft): void {
  draft.reloads = true
}

function readRewrite({ args }: Line, draft: Draft): void {
  const words = args[0] === 'stop' || args[0] === 'continue' ? args.slice(1) : args
  if (words[0] !== 'name') return
  const kind = words[1]
  const known = kind === 'exact' || kind === 'prefix' || kind === 'suffix' || kind === 'substring'
  const [from, to] = known ? words.slice(2) : words.slice(1)
  if (from === undefined || to === undefined) return
  const rewrite: Rewrite = known
    ? { kind, from: ending(from), to: ending(to) }
    : { kind: 'exact', from: plain(from), to: plain(to) }
  draft.rewrites = [...draft.rewrites, rewrite]
}

function ending(part: string): string {
  return part.toLowerCase().replace(/\.$/, '')
}
