import type { DnsPlugin } from '../plugin.ts'
import { cache } from './cache.ts'
import { errors } from './errors.ts'
import { file } from './file.ts'
import { forward } from './forward.ts'
import { hosts } from './hosts.ts'
import { kubernetes } from './kubernetes.ts'
import { loadbalance } from './loadbalance.ts'
import { log } from './log.ts'
import { rewrite } from './rewrite.ts'
import { template } from './template.ts'
import { whoami } from './whoami.ts'

/** Plugins in the order in which a question passes them, whatever their order in the Corefile (coredns plugin.cfg). */
export const plugins: readonly DnsPlugin[] = [
  errors,
  log,
  loadbalance,
  cache,
  rewrite,
  template,
  hosts,
  kubernetes,
  file,
  forward,
  whoami,
]

/** Directives that change no answer: what they do to CoreDNS itself is looked at by their name (`hasDirective`). */
export const silentDirectives: ReadonlySet<string> = new Set(
  'health ready prometheus loop reload metadata cancel bind bufsize debug trace pprof minimal nsid any local timeouts multisocket autopath'.split(
    ' ',
  ),
)

/** Plugins of CoreDNS that are not played. */
export const absentPlugins: ReadonlySet<string> = new Set(
  'root geoip quic tls dnstap dns64 acl chaos tsig header dnssec transfer route53 azure clouddns k8s_external auto secondary etcd grpc erratic sign view nomad import'.split(
    ' ',
  ),
)
