import { expect, test } from 'vitest'
import { createCluster } from '../cluster.ts'
import type { ApiRequest, ApiResponse, Cluster } from '../index.ts'

const PODS = '/api/v1/namespaces/default/pods'

function clusterWith(...containers: readonly object[]): Cluster {
  const cluster = createCluster({ seed: 'connections', startTime: Date.UTC(2026, 10, 21) })
  const body = JSON.stringify({ kind: 'Pod', apiVersion: 'v1', metadata: { name: 'web' }, spec: { containers } })
  cluster.request({ method: 'POST', path: PODS, headers: { 'content-type': 'application/json' }, body })
  return cluster
}

const NGINX = { name: 'nginx', image: 'nginx' }

const upgrade = (cluster: Cluster, path: string, query: NonNullable<ApiRequest['query']> = {}, user?: string) =>
  cluster.request({
    method: 'GET',
    path: `${PODS}/${path}`,
    query,
    headers: { upgrade: 'websocket', ...(user !== undefined && { 'impersonate-user': user }) },
  })

const message = ({ body }: ApiResponse) => (body as { message: string }).message

function dial(cluster: Cluster, port: number) {
  const { connection } = upgrade(cluster, 'web/portforward', { ports: String(port) })
  if (connection?.kind !== 'portforward') throw new Error('no connection')
  return connection.dial(port)
}

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const text = (data: Uint8Array) => String.fromCharCode(...data)

test('exec names the container and the command', () => {
  const cluster = clusterWith(NGINX)
  cluster.settle(10)
  const { status, connection } = upgrade(cluster, 'web/exec', { command: ['ls', '-l'], stdout: 'true', tty: 'false' })
  expect(status).toBe(101)
  expect(connection).toMatchObject({
    kind: 'exec',
    container: 'nginx',
    command: ['ls', '-l'],
    stdin: false,
    stdout: true,
    failure: undefined,
  })
})

test('what the API server refuses before it upgrades', () => {
  const cluster = clusterWith(NGINX, { name: 'side', image: 'busybox' })
  const out = { stdout: 'true' }
  expect(message(upgrade(cluster, 'web/exec', out))).toBe('pod web does not have a host assigned')
  cluster.settle(10)
  expect(message(upgrade(cluster, 'missing/exec', out))).toBe('pods "missing" not found')
  expect(message(upgrade(cluster, 'web/attach', out))).toBe(
    'a container name must be specified for pod web, choose one of: [nginx side]',
  )
  expect(message(upgrade(cluster, 'web/exec', { ...out, container: 'x' }))).toBe('container x is not valid for pod web')
  expect(message(cluster.request({ method: 'GET', path: `${PODS}/web/portforward` }))).toBe('Upgrade request required')
  expect(message(upgrade(cluster, 'web/exec', { ...out, container: 'nginx' }, 'eve'))).toContain(
    'User "eve" cannot get resource "pods/exec"',
  )
})

test('a kubelet that does not answer, a container that does not run', () => {
  const cluster = clusterWith({ name: 'once', image: 'busybox', command: ['true'] })
  cluster.settle(3)
  const query = { stdout: 'true' }
  expect(upgrade(cluster, 'web/attach', query).connection?.failure).toEqual({
    code: 404,
    message: 'container not found ("once")',
  })
  for (const { name } of cluster.machines) cluster.setUnit(name, 'kubelet', 'stopped')
  expect(upgrade(cluster, 'web/attach', query).connection?.failure?.message).toMatch(
    /^error dialing backend: dial tcp 192\.168\.1\.\d:10250: connect: connection refused$/,
  )
})

test('a forwarded connection carries requests, also several and in pieces', () => {
  const cluster = clusterWith(NGINX)
  cluster.settle(10)
  const socket = dial(cluster, 80)
  const request = 'GET /nothing HTTP/1.1\r\nHost: localhost:8080\r\n\r\n'
  const half = socket.send(bytes(`GET / HTTP/1.1\r\nHost: localhost:8080\r\n\r\n${request.slice(0, 20)}`))
  expect(text(half.bytes)).toMatch(/^HTTP\/1\.1 200 OK\r\n.*Welcome to nginx/s)
  const rest = socket.send(bytes(request.slice(20)))
  expect(text(rest.bytes)).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/)
  expect(rest.open).toBe(true)
  expect(cluster.network.lastTrace).toMatchObject({ to: '127.0.0.1:80', outcome: 'answered' })
  expect(socket.send(bytes('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).open).toBe(false)
})

test('a port where nothing listens is refused, TLS and nonsense end the connection', () => {
  const cluster = clusterWith(NGINX)
  cluster.settle(10)
  expect(dial(cluster, 81).refusal).toMatch(
    /^error forwarding port 81 to pod \w{64}, uid : failed to execute portforward .* connect: connection refused $/,
  )
  expect(dial(cluster, 80).send(Uint8Array.of(0x16, 3, 1)).open).toBe(false)
  expect(text(dial(cluster, 80).send(bytes('\u0000\u0001\r\n\r\n')).bytes)).toMatch(/^HTTP\/1\.1 400 /)
})

test('a listener with a protocol of its own answers text', () => {
  const cluster = clusterWith({ name: 'redis', image: 'redis' })
  cluster.settle(20)
  expect(text(dial(cluster, 6379).send(bytes('PING\r\n')).bytes)).toBe('+PONG\r\n')
})

test('who attaches hears what PID 1 prints and that it ended', () => {
  const script = 'echo early; sleep 5; echo late; exit 3'
  const cluster = clusterWith({ name: 'talk', image: 'busybox', command: ['sh', '-c', script] })
  cluster.settle(2)
  const heard: unknown[] = []
  cluster.container('default', 'web', 'talk')?.attach({
    printed: (stream, said) => heard.push([stream, said]),
    ended: (code) => heard.push(code),
  })
  cluster.run(6000)
  expect(heard).toEqual([['stdout', 'late\n'], 3])
})
