import { describe, expect, it } from 'vitest'
import { covers, intersection, narrowest } from './hostnames.ts'
import type { Route } from './objects.ts'
import { durationOf } from './rules.ts'
import { http, installed, to } from './testing/installed.ts'

describe('host names of listeners and routes', () => {
  it('stand for hosts exactly, or with a star for any labels in front', () => {
    expect(covers('*.example.com', 'a.b.example.com')).toBe(true)
    expect(covers('*.example.com', 'example.com')).toBe(false)
    expect(covers('Web.Example.com', 'web.example.COM')).toBe(true)
    expect(covers(undefined, 'anything')).toBe(true)
  })

  it('meet in the narrower of both', () => {
    expect(intersection('*.example.com', ['a.example.com', 'b.org'])).toEqual(['a.example.com'])
    expect(intersection('a.example.com', ['*.example.com'])).toEqual(['a.example.com'])
    expect(intersection(undefined, undefined)).toEqual([undefined])
    expect(intersection('a.com', ['b.com'])).toEqual([])
  })

  it('are chosen by how narrow they are', () => {
    const hosts = [{}, { host: '*.com' }, { host: '*.example.com' }, { host: 'a.example.com' }]
    expect(narrowest(hosts, 'a.example.com')).toEqual({ host: 'a.example.com' })
    expect(narrowest(hosts, 'b.example.com')).toEqual({ host: '*.example.com' })
    expect(narrowest(hosts, 'b.org')).toEqual({})
  })
})

it('timeouts are durations of the Gateway API', () => {
  expect([durationOf('1m30s'), durationOf('500ms'), durationOf('0s')]).toEqual([90, 0.5, 0])
})

describe('routes of other kinds', () => {
  it('get conditions too: GRPCRoutes attach, TCPRoutes are not allowed by listeners of HTTP', () => {
    const made = installed()
    const root = '/apis/gateway.networking.k8s.io/v1/namespaces/default'
    const parentRefs = [{ name: 'web' }]
    made.gateway('web', [http()])
    made.create(`${root}/grpcroutes`, {
      metadata: { name: 'grpc' },
      spec: { parentRefs, rules: [{ backendRefs: to('web') }] },
    })
    made.create(`${root}/tcproutes`, {
      metadata: { name: 'tcp' },
      spec: { parentRefs, rules: [{ backendRefs: to('web') }] },
    })
    made.settle(60)
    const accepted = (path: string) => made.get<Route>(`${root}/${path}`).status?.parents?.[0]?.conditions[0]?.reason
    expect(accepted('grpcroutes/grpc')).toBe('Accepted')
    expect(accepted('tcproutes/tcp')).toBe('NotAllowedByListeners')
  })
})

it('a route that leads back to its own Gateway ends in an error instead of a loop', () => {
  const made = installed()
  made.gateway('web', [http()])
  made.route('loop', { parentRefs: [{ name: 'web' }], rules: [{ backendRefs: to('web-nginx') }] })
  made.settle(60)
  made.patch('/apis/apps/v1/namespaces/default/deployments/web-nginx/scale', { spec: { replicas: 3 } })
  made.settle(60)
  expect(made.status('http://x/')).toBe(504)
  expect(made.codes().filter((code) => code === 'request-loop')).toHaveLength(1)
})
