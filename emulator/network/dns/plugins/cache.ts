import { withTtl } from '../cache-store.ts'
import { CorefileError, type Line } from '../corefile-blocks.ts'
import { type DnsPlugin, type DnsQuery, inZone, plainName, zoneFor, zonesOf } from '../plugin.ts'
import type { DnsReply } from '../reply.ts'

const DEFAULTS = { success: 3600, denial: 1800 } as const
const LEAST = 5
const SERVFAIL_SECONDS = 5

interface Settings {
  readonly zones: readonly string[]
  success: number
  denial: number
  leastSuccess: number
  leastDenial: number
  keepsTtl: boolean
  readonly off: { success: readonly string[]; denial: readonly string[] }
}

/** Answers again what it has answered before, for as long as the records live but no longer than it may (coredns plugin/cache). */
export const cache: DnsPlugin = {
  name: 'cache',
  setup(lines, zones) {
    const [line] = lines
    if (line === undefined) return undefined
    const settings = read(line, zones)
    return (query, server, next) => {
      if (zoneFor(query.name, settings.zones) === undefined) return next(query)
      const now = server.world.clock.now()
      const key = `${query.type} ${query.name}`
      const known = server.cache.find(key, now)
      if (known !== undefined) return known
      const reply = next(query)
      const seconds = lifeOf(reply, query, settings)
      if (seconds === undefined) return reply
      server.cache.keep(key, reply, now + seconds * 1000)
      return reply.rcode === 'SERVFAIL' || settings.keepsTtl ? reply : withTtl(reply, seconds)
    }
  },
}

/** Seconds that a reply is kept; undefined: not at all. */
function lifeOf(reply: DnsReply, { name }: DnsQuery, settings: Settings): number | undefined {
  if (reply.late || reply.rcode === 'REFUSED') return undefined
  if (reply.rcode === 'SERVFAIL') return SERVFAIL_SECONDS
  const denial = reply.rcode === 'NXDOMAIN' || reply.answers.length === 0
  const off = denial ? settings.off.denial : settings.off.success
  if (off.some((zone) => inZone(name, zone))) return undefined
  const records = [...reply.answers, ...reply.authority]
  if (records.length === 0) return undefined
  const lives = Math.min(...records.map(({ ttl }) => ttl))
  const [least, most] = denial ? [settings.leastDenial, settings.denial] : [settings.leastSuccess, settings.success]
  return Math.min(Math.max(lives, least), most)
}

function read(line: Line, zones: readonly string[]): Settings {
  const [first = '', ...rest] = line.args
  const timed = /^\d+$/.test(first)
  const most = timed ? Number(first) : undefined
  const settings: Settings = {
    zones: zonesOf(timed ? rest : line.args, zones),
    success: most ?? DEFAULTS.success,
    denial: most ?? DEFAULTS.denial,
    leastSuccess: LEAST,
    leastDenial: LEAST,
    keepsTtl: false,
    off: { success: [], denial: [] },
  }
  for (const option of line.block) readOption(option, settings)
  return settings
}

/** `success CAPACITY [TTL] [MINTTL]`, `disable success ZONES…`; the others change nothing that can be seen here. */
function readOption({ name, args, file, number }: Line, settings: Settings): void {
  const [first, ttl, least] = args
  if (name === 'success' || name === 'denial') {
    if (ttl !== undefined) settings[name] = Number(ttl)
    if (least !== undefined) settings[name === 'success' ? 'leastSuccess' : 'leastDenial'] = Number(least)
  } else if (name === 'disable' && (first === 'success' || first === 'denial'))
    settings.off[first] = args.length > 1 ? args.slice(1).map(plainName) : ['']
  else if (name === 'keepttl') settings.keepsTtl = true
  else if (!['prefetch', 'serve_stale', 'servfail'].includes(name))
    throw new CorefileError(file, number, `unknown property '${name}'`, 'plugin/cache: ')
}
