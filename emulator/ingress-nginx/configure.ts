import { createdAt, keyOf, nameOf, namespaceOf, uidOf } from '../controllers/metadata.ts'
import type {
  ConfigMap,
  EndpointSlice,
  HTTPIngressPath,
  Ingress,
  IngressBackend,
  IngressClass,
  Secret,
  Service,
} from '../generated/types.ts'
import { Annotations, canaryOf, type Defaults, locationOptions } from './annotations.ts'
import { type Backends, createBackends } from './backends.ts'
import { serverCertificate } from './certificates.ts'
import { isOurs } from './classes.ts'
import {
  type Canary,
  type Configuration,
  DEFAULT_BACKEND,
  type Location,
  type LocationOptions,
  type VirtualServer,
} from './configuration.ts'
import type { ControllerFlags } from './flags.ts'
import { passwordsOf } from './passwords.ts'
import { settingsOf } from './settings.ts'
import { snippetHeaders } from './snippets.ts'
import { streamsOf } from './streams.ts'

/** The objects that a controller watches. */
export interface Watched {
  readonly ingresses: readonly Ingress[]
  readonly classes: readonly IngressClass[]
  readonly defaults: Defaults
  readonly fallbackCertificate: string
  readonly now: number
  service(namespace: string, name: string): Service | undefined
  slices(namespace: string, service: string): readonly EndpointSlice[]
  secret(namespace: string, name: string): Secret | undefined
  configMap(reference: string | undefined): ConfigMap | undefined
}

export interface Configured {
  readonly configuration: Configuration
  /** klog lines without their head: `W controller.go:1112] Service "default/web" does not have any active Endpoint.` */
  readonly warnings: readonly string[]
}

interface OpenServer {
  host: string
  aliases: string[]
  certificate?: string
  redirectFrom?: string
  locations: Location[]
}

const PLAIN: LocationOptions = locationOptions(new Annotations({}, '', new Map()), undefined)

/** Builds servers, locations and backends as the real controller does (ingress-nginx: internal/ingress/controller/controller.go). */
export function configure(watched: Watched, flags: ControllerFlags): Configured {
  return new Builder(watched, flags).build()
}

class Builder {
  readonly #watched: Watched
  readonly #flags: ControllerFlags
  readonly #warnings: string[] = []
  readonly #backends: Backends
  readonly #servers = new Map<string, OpenServer>()
  /** What answers where no Ingress says anything. */
  #ownBackend = DEFAULT_BACKEND

  constructor(watched: Watched, flags: ControllerFlags) {
    this.#watched = watched
    this.#flags = flags
    this.#backends = createBackends(watched, this.#warnings)
  }

  build(): Configured {
    const { ingresses, classes, fallbackCertificate } = this.#watched
    const ours = ingresses.filter((one) => isOurs(one, classes, this.#flags)).sort(byAge)
    const { namespace: fallbackNamespace, name: fallbackName } = splitName(this.#flags.defaultBackend)
    const own = fallbackName
      ? this.#backends.of(fallbackNamespace, { service: { name: fallbackName, port: {} } })
      : undefined
    this.#ownBackend = own ?? DEFAULT_BACKEND
    this.#servers.set('_', { host: '_', aliases: [], locations: [defaultLocation(this.#ownBackend)] })
    const plain = ours.filter((one) => !this.#annotations(one).flag('canary'))
    for (const one of plain) this.#openServers(one)
    for (const one of plain) this.#addPaths(one)
    for (const one of ours) if (!plain.includes(one)) this.#addCanary(one)
    for (const one of plain) this.#namesOf(one)
    const { defaults } = this.#watched
    const streams = [
      ...streamsOf(this.#watched.configMap(this.#flags.tcpServices), 'TCP', this.#backends, this.#warnings),
      ...streamsOf(this.#watched.configMap(this.#flags.udpServices), 'UDP', this.#backends, this.#warnings),
    ]
    return {
      warnings: this.#warnings,
      configuration: {
        servers: [...this.#servers.values()].map(finished),
        backends: this.#backends.all(),
        fallbackCertificate,
        settings: settingsOf(defaults),
        streams,
        admits: {
          snippets: defaults.get('allow-snippet-annotations') === 'true',
          riskLevel: defaults.get('annotations-risk-level') ?? 'High',
        },
        ingresses: ours.map((one) => [uidOf(one), markOf(one)]),
        foreign: ingresses.filter((one) => !ours.includes(one)).map(foreign),
      },
    }
  }

  #annotations(ingress: Ingress): Annotations {
    return new Annotations(ingress, this.#flags.prefix, this.#watched.defaults)
  }

  /** A server a host; an Ingress's default backend answers what its hosts have no path for. */
  #openServers(ingress: Ingress): void {
    const rules = ingress.spec?.rules ?? []
    const backend = ingress.spec?.defaultBackend && this.#backends.of(namespaceOf(ingress), ingress.spec.defaultBackend)
    const origin = { namespace: namespaceOf(ingress), name: nameOf(ingress) }
    const options = this.#options(ingress)
    const fallback = this.#servers.get('_')
    const root: Location =
      backend === undefined
        ? defaultLocation(this.#ownBackend)
        : { ...defaultLocation(backend), ingress: origin, ...options }
    if (backend !== undefined && rules.length === 0 && fallback?.locations[0]?.ingress === undefined && fallback)
      fallback.locations = [root]
    for (const { host } of rules) {
      const name = host?.toLowerCase() || '_'
      if (!this.#servers.has(name)) this.#servers.set(name, { host: name, aliases: [], locations: [root] })
    }
    for (const server of this.#serversOf(ingress)) {
      if (server.host === '_' || server.certificate !== undefined) continue
      if ((ingress.spec?.tls ?? []).length === 0) continue
      const certificate = serverCertificate(ingress, server.host, this.#watched, this.#warnings)
      // With `tls` a host counts as one that has a certificate, if only the fallback: plain HTTP is sent on to HTTPS.
      server.certificate = certificate ?? this.#watched.fallbackCertificate
    }
  }

  #serversOf(ingress: Ingress): readonly OpenServer[] {
    return (ingress.spec?.rules ?? []).flatMap(({ host }) => this.#servers.get(host?.toLowerCase() || '_') ?? [])
  }

  #options(ingress: Ingress): { readonly options: LocationOptions; readonly denied?: string } {
    const annotations = this.#annotations(ingress)
    const users = passwordsOf(annotations, namespaceOf(ingress), this.#watched)
    const options = locationOptions(annotations, users?.lines)
    return { options, ...(users?.problem !== undefined && { denied: users.problem }) }
  }

  /** The older Ingress keeps a path that two of them claim. */
  #addPaths(ingress: Ingress): void {
    const origin = { namespace: namespaceOf(ingress), name: nameOf(ingress) }
    const options = this.#options(ingress)
    const annotations = this.#annotations(ingress)
    const regex = annotations.flag('use-regex')
    for (const { host, http } of ingress.spec?.rules ?? []) {
      const server = this.#servers.get(host?.toLowerCase() || '_')
      for (const path of server && http ? http.paths : []) {
        const location: Location = {
          path: path.path || '/',
          match:
            regex || rewrites(options.options, path.path || '/')
              ? 'regex'
              : path.pathType === 'Exact'
                ? 'exact'
                : 'prefix',
          pathType: path.pathType,
          ingress: origin,
          backend: this.#backendOf(ingress, path.backend, annotations),
          ...this.#extras(ingress, annotations),
          ...options,
        }
        if (server) place(server, location, (text) => this.#warnings.push(text))
      }
    }
  }

  #extras(ingress: Ingress, annotations: Annotations): Pick<Location, 'errorBackend' | 'addedHeaders'> {
    const instead = annotations.text('default-backend')
    const errors = annotations.list('custom-http-errors').length > 0
    const errorBackend =
      instead === undefined
        ? this.#ownBackend
        : this.#backends.of(namespaceOf(ingress), { service: { name: instead, port: {} } })
    const allowed = this.#watched.defaults.get('allow-snippet-annotations') === 'true'
    const addedHeaders = allowed ? snippetHeaders(annotations.text('configuration-snippet')) : []
    return { ...(errors && { errorBackend }), ...(addedHeaders.length > 0 && { addedHeaders }) }
  }

  /** `default-backend` names the Service that stands in where the path's own has no endpoints. */
  #backendOf(ingress: Ingress, backend: IngressBackend, annotations: Annotations): string {
    const own = this.#backends.of(namespaceOf(ingress), backend, annotations.flag('service-upstream'))
    const instead = annotations.text('default-backend')
    if (instead === undefined || !this.#backends.isEmpty(own)) return own
    return this.#backends.of(namespaceOf(ingress), { service: { name: instead, port: {} } })
  }

  /** Part of the traffic of the same host and path goes to the canary's backend. */
  #addCanary(ingress: Ingress): void {
    const annotations = this.#annotations(ingress)
    for (const { host, http } of ingress.spec?.rules ?? []) {
      const server = this.#servers.get(host?.toLowerCase() || '_')
      for (const path of server && http ? http.paths : []) {
        const canary = canaryOf(annotations, this.#backends.of(namespaceOf(ingress), path.backend), nameOf(ingress))
        if (server && canary) server.locations = server.locations.map((one) => withCanary(one, path, canary))
      }
    }
  }

  #namesOf(ingress: Ingress): void {
    const annotations = this.#annotations(ingress)
    const [server] = this.#serversOf(ingress)
    if (server === undefined || server.host === '_') return
    server.aliases.push(...annotations.list('server-alias').filter((alias) => !this.#servers.has(alias)))
    if (!annotations.flag('from-to-www-redirect')) return
    const other = server.host.startsWith('www.') ? server.host.slice(4) : `www.${server.host}`
    if (!this.#servers.has(other)) server.redirectFrom = other
  }
}

const defaultLocation = (backend: string): Location => ({
  path: '/',
  match: 'prefix',
  pathType: 'Prefix',
  backend,
  options: PLAIN,
  fallback: true,
})

const rewrites = (options: LocationOptions, path: string): boolean =>
  options.rewriteTarget !== undefined && options.rewriteTarget !== path

function place(server: OpenServer, location: Location, warn: (text: string) => void): void {
  const { path, pathType, ingress } = location
  const claimed = server.locations.find((one) => !one.fallback && one.path === path && one.pathType === pathType)
  if (claimed) {
    const about = `"${claimed.backend}" (Ingress "${ingress?.namespace}/${ingress?.name}")`
    warn(
      `W controller.go:1352] Location "${path}" already configured for server "${server.host}" with upstream ${about}`,
    )
    return
  }
  const takesRoot = path === '/' && pathType !== 'Exact'
  server.locations = [...server.locations.filter(({ fallback }) => !(fallback && takesRoot)), location]
}

function withCanary(location: Location, path: HTTPIngressPath, canary: Canary): Location {
  const same = location.path === (path.path || '/') && location.pathType === path.pathType
  return same && location.canary === undefined && location.backend !== canary.backend
    ? { ...location, canary }
    : location
}

/** Regular expressions hold for all paths of a host as soon as one needs them; else prefixes end at slashes. */
function finished(server: OpenServer): VirtualServer {
  const regex = server.locations.some(({ match }) => match === 'regex')
  const locations = server.locations.flatMap((location): readonly Location[] => {
    if (regex) return [{ ...location, match: 'regex' }]
    if (location.pathType !== 'Prefix' || location.path === '/') return [location]
    const bare = location.path.replace(/\/$/, '') || '/'
    const taken = server.locations.some(({ path, pathType }) => path === bare && pathType === 'Exact')
    return [{ ...location, path: `${bare}/` }, ...(taken ? [] : [{ ...location, path: bare, match: 'exact' as const }])]
  })
  const claims = server.locations
    .filter(({ fallback }) => !fallback)
    .map(({ path, pathType, ingress }) => ({ path, pathType, ingress: `${ingress?.namespace}/${ingress?.name}` }))
  return { ...server, claims, locations: [...locations].sort(longestFirst) }
}

const longestFirst = (a: Location, b: Location): number =>
  b.path.length - a.path.length || (a.path < b.path ? 1 : a.path > b.path ? -1 : 0)

function byAge(a: Ingress, b: Ingress): number {
  return createdAt(a) - createdAt(b) || `${namespaceOf(a)}/${nameOf(a)}`.localeCompare(`${namespaceOf(b)}/${nameOf(b)}`)
}

function splitName(text: string | undefined): { readonly namespace: string; readonly name: string } {
  const [namespace = '', name = ''] = (text ?? '').split('/')
  return { namespace, name }
}

export const markOf = ({ metadata, spec }: Ingress): string =>
  `${metadata?.generation ?? 0} ${JSON.stringify(metadata?.annotations ?? {})} ${spec?.ingressClassName ?? ''}`

const foreign = (ingress: Ingress) => ({
  name: `${keyOf(ingress).namespace}/${nameOf(ingress)}`,
  className: ingress.spec?.ingressClassName ?? '',
  hosts: (ingress.spec?.rules ?? []).map(({ host }) => host ?? '_'),
})
