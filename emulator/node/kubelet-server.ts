import { pathNotFound } from '../api/errors.ts'
import type { ProxyRequest } from '../api/subresource.ts'
import type { ApiResponse } from '../api/types.ts'
import { uidOf } from '../controllers/metadata.ts'
import { pod as podKind } from '../kinds/pod.ts'
import type { ContainerRuntime } from './runtime.ts'

const text = (body: string, status = 200): ApiResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  warnings: [],
  body,
})

/** What a node's kubelet answers on its own port: health, its Pods, logs (upstream: pkg/kubelet/server/server.go). */
export function askKubelet(
  node: string,
  { path, objects }: Pick<ProxyRequest, 'path' | 'objects'>,
  runtime: ContainerRuntime,
): ApiResponse {
  const [route = '/'] = path.split('?')
  if (route === '/healthz' || route === '/healthz/ping') return text('ok')
  if (route === '/pods' || route === '/pods/') {
    const items = objects.list(podKind).filter(({ spec }) => spec?.nodeName === node)
    const body = { kind: 'PodList', apiVersion: 'v1', metadata: {}, items }
    return { status: 200, headers: { 'content-type': 'application/json' }, warnings: [], body }
  }
  const [, namespace, pod, container] = /^\/containerLogs\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(route) ?? []
  if (container === undefined) return text('404 page not found\n', 404)
  const found = objects.get(podKind, namespace, pod ?? '')
  const running = found && runtime.get(uidOf(found), container)
  if (!running) throw pathNotFound()
  return text(running.logs.map((line) => `${line.text}\n`).join(''))
}
