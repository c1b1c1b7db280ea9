import { parseIPv4 } from '../../addresses.ts'
import type { Endpoint } from '../../world.ts'
import { CorefileError, type Line } from '../corefile-blocks.ts'
import { type DnsPlugin, type DnsServer, inZone, plainName } from '../plugin.ts'
import { failure } from '../reply.ts'
import { parseResolvConf } from '../resolv-conf.ts'

interface Route {
  readonly from: string
  readonly to: readonly string[]
  readonly except: readonly string[]
  readonly policy: string
}

const OPTIONS = new Set(
  'except force_tcp prefer_udp max_fails max_connect_attempts expire max_idle_conns max_age tls tls_servername policy health_check max_concurrent next failfast_all_unhealthy_upstreams failover'.split(
    ' ',
  ),
)

/** Sends questions on to other servers, one after another until one answers (coredns plugin/forward). */
export const forward: DnsPlugin = {
  name: 'forward',
  setup(lines) {
    const routes = lines.map(readRoute)
    return (query, server, next) => {
      const route = routes.find(
        ({ from, except }) => inZone(query.name, from) && !except.some((zone) => inZone(query.name, zone)),
      )
      if (route === undefined) return next(query)
      const upstreams = inOrder(route, upstreamsOf(route, server), server)
      let last = { failure: 'no healthy proxies', silent: false }
      for (const upstream of upstreams) {
        const reply = server.forward({ name: query.name, type: query.type }, upstream)
        if (!('failure' in reply)) return { ...reply, forwarded: true }
        last = reply
      }
      return { ...failure('SERVFAIL', last.failure), late: last.silent }
    }
  },
}

/** The servers that the words of a `forward` mean: addresses with or without a port, and files like /etc/resolv.conf. */
export function upstreamsOf({ to }: Pick<Route, 'to'>, { files }: Pick<DnsServer, 'files'>): readonly Endpoint[] {
  return to
    .flatMap((word) => (word.startsWith('/') ? parseResolvConf(files.read(word) ?? '').nameservers : [word]))
    .flatMap((word) => {
      const tls = word.startsWith('tls://')
      const match = /^(?:\w+:\/\/)?(\d+\.\d+\.\d+\.\d+)(?::(\d+))?$/.exec(word)
      return match?.[1] === undefined ? [] : [{ address: match[1], port: Number(match[2] ?? (tls ? 853 : 53)) }]
    })
}

function inOrder({ policy }: Route, upstreams: readonly Endpoint[], { random }: DnsServer): readonly Endpoint[] {
  if (policy === 'sequential' || upstreams.length < 2) return upstreams
  const first = random.int(upstreams.length)
  return [...upstreams.slice(first), ...upstreams.slice(0, first)]
}

function readRoute(line: Line): Route {
  const [from, ...to] = line.args
  const wrongCount = (after: string): CorefileError =>
    new CorefileError(
      line.file,
      line.number,
      `Wrong argument count or unexpected line ending after '${after}'`,
      'plugin/forward: ',
    )
  if (from === undefined || to.length === 0) throw wrongCount(from ?? 'forward')
  const wrong = to.find((server) => !isServer(server))
  if (wrong !== undefined)
    throw new CorefileError(line.file, 0, `not an IP address or file: "${wrong}"`, 'plugin/forward: ')
  const unknown = line.block.find(({ name }) => !OPTIONS.has(name))
  if (unknown !== undefined)
    throw new CorefileError(line.file, unknown.number, `unknown property '${unknown.name}'`, 'plugin/forward: ')
  return {
    from: plainName(from),
    to,
    except: line.block.filter(({ name }) => name === 'except').flatMap(({ args }) => args.map(plainName)),
    policy: line.block.find(({ name }) => name === 'policy')?.args[0] ?? 'random',
  }
}

function isServer(word: string): boolean {
  const bare = word.replace(/^(dns|tls|https|quic):\/\//, '')
  if (bare.startsWith('/') || bare.includes('[') || (bare.match(/:/g)?.length ?? 0) > 1) return true
  return parseIPv4(bare.replace(/:\d+$/, '')) !== undefined
}
