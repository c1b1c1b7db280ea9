import type { Service } from '../generated/types.ts'
import { endpointsOf } from './endpoint-set.ts'
import type { MachineListener } from './machine-listeners.ts'
import { isProxied } from './service-match.ts'
import type { HttpRequest, HttpResponse, Protocol } from './types.ts'
import type { NetworkMachine, World } from './world.ts'

/**
 * What kube-proxy answers at a Service's healthCheckNodePort, on every node: 200 if it has ready endpoints of the Service
 * there, else 503 (upstream: pkg/proxy/healthcheck/service_health.go). One that has stopped listens no more.
 */
export function healthCheckPort(
  world: World,
  machine: NetworkMachine,
  port: number,
  protocol: Protocol,
): MachineListener | undefined {
  if (protocol !== 'TCP' || machine.role === 'laptop' || !world.rules.runs(machine)) return undefined
  const service = world.rules.of(machine).servicesFor(`health ${port}`).find(isProxied)
  if (service === undefined) return undefined
  return {
    answer: (http) =>
      http === undefined || http.tls === true ? {} : { response: answer(service, http, world, localEndpoints()) },
  }

  function localEndpoints(): number {
    const local = (service?.spec?.ports ?? [])
      .flatMap((one) => (service === undefined ? [] : endpointsOf(world.rules.of(machine), service, one)))
      .filter(({ ready, nodeName }) => ready && nodeName === machine.name)
    return new Set(local.map(({ address }) => address)).size
  }
}

/** All such ports of a node. */
export function healthCheckPorts(world: World, machine: NetworkMachine): readonly number[] {
  if (machine.role === 'laptop' || !world.rules.runs(machine)) return []
  const proxied = world.rules.of(machine).services().filter(isProxied)
  return proxied.flatMap(({ spec }) => (spec?.healthCheckNodePort ? [spec.healthCheckNodePort] : []))
}

function answer({ metadata }: Service, { method }: HttpRequest, world: World, count: number): HttpResponse {
  const service = { namespace: metadata?.namespace ?? '', name: metadata?.name ?? '' }
  const body = JSON.stringify({ service, localEndpoints: count, serviceProxyHealthy: true }, undefined, '\t')
  return {
    status: count === 0 ? 503 : 200,
    reason: count === 0 ? 'Service Unavailable' : 'OK',
    version: '1.1',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Content-Type-Options', 'nosniff'],
      ['X-Load-Balancing-Endpoint-Weight', String(count)],
      ['Date', new Date(world.clock.now()).toUTCString()],
      ['Content-Length', String(body.length)],
    ],
    body: method === 'HEAD' ? '' : body,
  }
}
