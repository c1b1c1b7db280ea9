import { badRequest, nobodyBehind, notFound } from '../api/errors.ts'
import type { ProxyHandler, ProxyRequest } from '../api/subresource.ts'
import type { ApiResponse } from '../api/types.ts'
import type { Endpoints, Pod, Service } from '../generated/types.ts'
import { endpoints as endpointsKind } from '../kinds/endpoints.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { service as serviceKind } from '../kinds/service.ts'
import type { HttpRequest, Network } from '../network/types.ts'
import { kubeletDialError } from './kubelet-dial.ts'
import { askKubelet } from './kubelet-server.ts'
import type { Machine } from './machine.ts'
import type { ContainerRuntime } from './runtime.ts'

export interface ProxyBackends {
  readonly runtime: ContainerRuntime
  readonly network: () => Network
  readonly machine: (name: string) => Machine | undefined
  /** The machine from which the API server reaches what it proxies. */
  readonly apiServer: string
}

const KUBELET_PORT = 10250
const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'] as const

/** `services/proxy`, `pods/proxy`, `nodes/proxy`. Links in pages are passed on as they are, not rewritten. */
export function createProxyHandlers(backends: ProxyBackends): readonly ProxyHandler[] {
  const proxy = (resource: string, kind: string, forward: ProxyHandler['forward']): ProxyHandler => ({
    resource,
    subresource: 'proxy',
    methods: METHODS,
    speaks: { group: '', version: 'v1', kind },
    forward,
  })
  return [
    proxy('services', 'ServiceProxyOptions', (request) => connect(backends, request, serviceTarget(request))),
    proxy('pods', 'PodProxyOptions', (request) => connect(backends, request, podTarget(request))),
    proxy('nodes', 'NodeProxyOptions', (request) => toNode(backends, request)),
  ]
}

interface Target {
  readonly tls: boolean
  readonly address: string
  readonly port: number
}

interface Named {
  readonly scheme: string
  readonly name: string
  readonly port: string
}

/** `[scheme:]name[:port]` (upstream: apimachinery/pkg/util/net, SplitSchemeNamePort). */
function splitName(text: string): Named | undefined {
  const parts = text.split(':')
  const [scheme = '', name = '', port = ''] =
    parts.length === 1 ? ['', ...parts, ''] : parts.length === 2 ? ['', ...parts] : parts
  if (parts.length > 3 || name === '' || !['', 'http', 'https'].includes(scheme)) return undefined
  return { scheme, name, port }
}

/** A ready endpoint of the Service's port (upstream: registry/core/service/storage, ResourceLocation). */
function serviceTarget({ name, namespace, objects }: ProxyRequest): Target {
  const named = splitName(name)
  if (!named) throw badRequest(`invalid service request ${JSON.stringify(name)}`)
  const service: Service = found(objects.get(serviceKind, namespace, named.name), 'services', named.name)
  const subsets = (objects.get(endpointsKind, namespace, named.name) as Endpoints | undefined)?.subsets ?? []
  const portName = portNameOf(service, named)
  if (subsets.length === 0) throw nobodyBehind(`no endpoints available for service ${JSON.stringify(named.name)}`)
  for (const { addresses = [], ports = [] } of subsets) {
    const port = ports.find((one) => (one.name ?? '') === portName)
    const [first] = addresses
    if (port && first) return { tls: named.scheme === 'https', address: first.ip, port: port.port }
  }
  throw nobodyBehind(`no endpoints available for service ${JSON.stringify(name)}`)
}

function portNameOf({ spec }: Service, { name, port }: Named): string {
  if (!/^\d+$/.test(port)) return port
  const declared = spec?.ports?.find((one) => one.port === Number(port))
  if (!declared) throw nobodyBehind(`no service port ${port} found for service ${JSON.stringify(name)}`)
  return declared.name ?? ''
}

/** The Pod's address and the port asked for, or the first that a container declares. */
function podTarget({ name, namespace, objects }: ProxyRequest): Target {
  const named = splitName(name)
  if (!named) throw badRequest(`invalid pod request ${JSON.stringify(name)}`)
  const pod: Pod = found(objects.get(podKind, namespace, named.name), 'pods', named.name)
  const declared = pod.spec?.containers.flatMap(({ ports = [] }) => ports)[0]?.containerPort
  const address = pod.status?.podIP
  if (!address) throw badRequest('address not allowed')
  const tls = named.scheme === 'https'
  const port = named.port === '' ? (declared ?? (tls ? 443 : 80)) : Number(named.port)
  if (!Number.isInteger(port)) throw badRequest(`invalid pod request ${JSON.stringify(name)}`)
  return { tls, address, port }
}

function toNode(backends: ProxyBackends, request: ProxyRequest): ApiResponse {
  const named = splitName(request.name)
  if (!named) throw badRequest(`invalid node request ${JSON.stringify(request.name)}`)
  found(request.objects.get(nodeKind, undefined, named.name), 'nodes', named.name)
  const machine = backends.machine(named.name)
  if (!machine) throw notFound({ group: '', plural: 'nodes' }, named.name)
  const port = named.port === '' ? KUBELET_PORT : Number(named.port)
  if (port !== KUBELET_PORT) return connect(backends, request, { tls: false, address: machine.address, port })
  const failed = kubeletDialError(machine)
  if (failed !== undefined) return unreachable(failed)
  return askKubelet(machine.name, request, backends.runtime)
}

function found<T>(object: T | undefined, plural: string, name: string): T {
  if (object === undefined) throw notFound({ group: '', plural }, name)
  return object
}

/** Asks what listens there, as the API server's own machine. */
function connect({ network, apiServer }: ProxyBackends, { request, path }: ProxyRequest, to: Target): ApiResponse {
  const { method, headers = {}, body = '' } = request
  const http: HttpRequest = {
    method,
    path,
    host: `${to.address}:${to.port}`,
    headers: Object.entries(headers).filter(([name]) => PASSED_ON.has(name)),
    body,
    tls: to.tls,
  }
  const { response, outcome, reply } = network().connect({ kind: 'machine', name: apiServer }, to, { http })
  const dial = `dial tcp ${to.address}:${to.port}`
  if (outcome === 'refused') return unreachable(`${dial}: connect: connection refused`)
  if (outcome === 'unreachable') return unreachable(`${dial}: connect: no route to host`)
  if (outcome !== 'answered') return unreachable(`${dial}: i/o timeout`)
  if (!response) return unreachable(reply === undefined ? 'EOF' : `malformed HTTP response ${JSON.stringify(reply)}`)
  const type = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  return {
    status: response.status,
    headers: { 'content-type': type ?? 'text/plain; charset=utf-8' },
    warnings: [],
    body: response.body,
  }
}

const PASSED_ON = new Set(['accept', 'content-type', 'user-agent'])

/** Upstream: apimachinery/pkg/util/proxy/transport.go. */
function unreachable(why: string): ApiResponse {
  const headers = { 'content-type': 'text/plain; charset=utf-8' }
  return { status: 503, headers, warnings: [], body: `error trying to reach service: ${why}` }
}
