/** What needs no resource: health, version, metrics, the index of paths, the keys that tokens are signed with. */
import { notAcceptable, pathNotFound } from './errors.ts'
import { resourceName } from './kind.ts'
import { isJson, parseAccept } from './negotiate.ts'
import type { Registry } from './registry.ts'
import type { Store } from './store.ts'
import type { ApiRequest, ApiResponse } from './types.ts'
import { versionInfo } from './version.ts'

export interface PlainPathContext {
  readonly registry: Registry
  readonly store: Pick<Store, 'list'>
  readonly serverAddress: string
  /** Public keys of ServiceAccounts' tokens, as RFC 7517 writes them. */
  readonly tokenKeys: () => readonly object[]
}

/** Answers those paths; undefined for any other. */
export function onPlainPath(context: PlainPathContext, request: ApiRequest): ApiResponse | undefined {
  const { path } = request
  if (path === '/version' || path === '/version/') return json(versionInfo)
  if (path === '/metrics') return text(metrics(context))
  if (path === '/') return json({ paths: indexPaths(context) })
  if (path === '/openid/v1/jwks' || path === '/openid/v1/jwks/')
    return json({ keys: context.tokenKeys() }, request, 'application/jwk-set+json')
  if (path === '/.well-known/openid-configuration') return json(openidConfiguration(context), request)
  return onHealth(request)
}

function json(body: unknown, request?: ApiRequest, type = 'application/json'): ApiResponse {
  const accepted = request === undefined || parseAccept(request.headers?.accept).some(isJson)
  if (!accepted) throw notAcceptable(['application/json'])
  return { status: 200, headers: { 'content-type': type }, warnings: [], body }
}

const text = (body: string): ApiResponse => ({
  status: 200,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  warnings: [],
  body,
})

/** Checks of a 1.36 API server, in the order in which `?verbose` lists them; hooks without their prefix. */
const HOOKS = `start-apiserver-admission-initializer generic-apiserver-start-informers
priority-and-fairness-config-consumer priority-and-fairness-filter storage-object-count-tracker-hook
start-apiextensions-informers start-apiextensions-controllers crd-informer-synced start-system-namespaces-controller
start-cluster-authentication-info-controller start-kube-apiserver-identity-lease-controller
start-kube-apiserver-identity-lease-garbage-collector start-legacy-token-tracking-controller
start-service-ip-repair-controllers rbac/bootstrap-roles scheduling/bootstrap-system-priority-classes
priority-and-fairness-config-producer bootstrap-controller start-kubernetes-service-cidr-controller
aggregator-reload-proxy-client-cert start-kube-aggregator-informers apiservice-status-local-available-controller
apiservice-status-remote-available-controller apiservice-registration-controller apiservice-discovery-controller
kube-apiserver-autoregistration`.split(/\s+/)

const POST_START = [
  ...HOOKS.map((name) => `poststarthook/${name}`),
  'autoregister-completion',
  'poststarthook/apiservice-openapi-controller',
  'poststarthook/apiservice-openapiv3-controller',
]
const CHECKS: Readonly<Record<string, readonly string[]>> = {
  healthz: ['ping', 'log', 'etcd', ...POST_START],
  livez: ['ping', 'log', 'etcd', ...POST_START],
  readyz: ['ping', 'log', 'etcd', 'etcd-readiness', 'informer-sync', ...POST_START, 'shutdown'],
}

/** `/readyz`, `/livez/ping`, `?verbose`, `?exclude=etcd` (upstream: apiserver/pkg/server/healthz). */
function onHealth({ path, query }: ApiRequest): ApiResponse | undefined {
  const [, name = '', check] = /^\/(healthz|livez|readyz)(?:\/(.+?))?\/?$/.exec(path) ?? []
  const checks = CHECKS[name]
  if (!checks) return undefined
  if (check !== undefined) {
    if (!checks.includes(check)) throw pathNotFound()
    return text('ok')
  }
  const has = (key: string) => query !== undefined && Object.hasOwn(query, key)
  if (!has('verbose')) return text('ok')
  const excluded = new Set(has('exclude') ? [query?.exclude ?? ''].flat() : [])
  const lines = checks.map((one) => (excluded.has(one) ? `[+]${one} excluded: ok\n` : `[+]${one} ok\n`))
  const unknown = [...excluded].filter((one) => !checks.includes(one))
  const warning =
    unknown.length === 0 ? '' : `warn: some health checks cannot be excluded: no matches for ${quoted(unknown)}\n`
  return text(`${lines.join('')}${warning}${name} check passed\n`)
}

const quoted = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ')

function openidConfiguration({ serverAddress }: PlainPathContext): object {
  return {
    issuer: 'https://kubernetes.default.svc.cluster.local',
    jwks_uri: `https://${serverAddress}/openid/v1/jwks`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  }
}

function indexPaths({ registry }: PlainPathContext): readonly string[] {
  const versions = registry.groupVersions.map(({ group, version }) =>
    group === '' ? ['/api', `/api/${version}`] : ['/apis', `/apis/${group}`, `/apis/${group}/${version}`],
  )
  const checks = Object.entries(CHECKS).flatMap(([name, all]) => [`/${name}`, ...all.map((one) => `/${name}/${one}`)])
  const others = [
    '/.well-known/openid-configuration',
    '/metrics',
    '/openapi/v2',
    '/openapi/v3',
    '/openid/v1/jwks',
    '/version',
  ]
  return [...new Set([...versions.flat(), ...checks, ...others])].sort()
}

/** The metrics that follow from the cluster's own state; an API server has hundreds of its process besides. */
function metrics({ registry, store }: PlainPathContext): string {
  const build = `compiler="${versionInfo.compiler}",git_tree_state="${versionInfo.gitTreeState}",git_version="${versionInfo.gitVersion}",go_version="${versionInfo.goVersion}",major="${versionInfo.major}",minor="${versionInfo.minor}",platform="${versionInfo.platform}"`
  const stored = registry.kinds.filter((kind) => !kind.answer)
  const counts = stored.map((kind) => {
    const count = store.list(resourceName(kind)).length
    return `apiserver_resource_objects{group=${JSON.stringify(kind.group)},resource=${JSON.stringify(kind.plural)}} ${count}\n`
  })
  return [
    '# HELP apiserver_resource_objects [ALPHA] Number of stored objects at the time of last check split by kind.\n',
    '# TYPE apiserver_resource_objects gauge\n',
    ...counts.sort(),
    '# HELP kubernetes_build_info [BETA] A metric with a constant 1 value labeled by major, minor, git version, git commit, git tree state, build date, Go version, and compiler from which Kubernetes was built, and platform on which it is running.\n',
    '# TYPE kubernetes_build_info gauge\n',
    `kubernetes_build_info{${build}} 1\n`,
  ].join('')
}
