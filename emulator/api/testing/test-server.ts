/** A small API server for tests: namespaces without rules, and ConfigMaps and Services as plain records. */
import type { Deployment, Namespace, Service } from '../../generated/types.ts'
import { createRandom } from '../../sim/random.ts'
import { createScheduler } from '../../sim/scheduler.ts'
import { ageColumn } from '../age.ts'
import { field } from '../field.ts'
import { defineKind, type KindDefinition } from '../kind.ts'
import { type ApiServerOptions, createApiServer } from '../server.ts'
import type { ApiRequest, ApiResponse, KubeObject } from '../types.ts'

const name = { name: 'Name', cell: (object: KubeObject) => object.metadata?.name ?? '' }

export const namespaces = defineKind<Namespace>({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  scope: 'Cluster',
  subresources: ['status'],
  schema: 'Namespace',
  strategy: { bumpsGeneration: () => false },
  columns: [name, ageColumn],
})

export const configMaps = defineKind({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  scope: 'Namespaced',
  schema: 'ConfigMap',
  columns: [name, ageColumn],
})

export const services = defineKind<Service>({
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  singular: 'service',
  shortNames: ['svc'],
  categories: ['all'],
  scope: 'Namespaced',
  subresources: ['status'],
  schema: 'Service',
  default: (service) => ({ ...service, spec: { type: 'ClusterIP', ...service.spec } }),
  validate: (service) =>
    (service.spec?.ports ?? []).flatMap((port, index) =>
      port.port >= 1 && port.port <= 65535
        ? []
        : [field.invalid(`spec.ports[${index}].port`, port.port, 'must be between 1 and 65535, inclusive')],
    ),
  strategy: { bumpsGeneration: () => false },
  selectableFields: { 'spec.type': (service) => service.spec?.type ?? '' },
  columns: [name, { name: 'Type', cell: (service) => service.spec?.type ?? '' }, ageColumn],
})

export const deployments = defineKind<Deployment>({
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  categories: ['all'],
  scope: 'Namespaced',
  subresources: ['status', 'scale'],
  schema: 'Deployment',
  columns: [name, ageColumn],
  scale: {
    replicas: (deployment) => deployment.spec?.replicas ?? 0,
    withReplicas: (deployment, replicas) => ({
      ...deployment,
      spec: { selector: {}, template: {}, ...deployment.spec, replicas },
    }),
    statusReplicas: (deployment) => deployment.status?.replicas ?? 0,
    selector: (deployment) =>
      Object.entries(deployment.spec?.selector?.matchLabels ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
  },
})

export const START = Date.parse('2026-11-20T10:00:00Z')

/** A server at a fixed instant with the namespace `default`, and a short way to ask it things. */
export function createTestServer(options: Partial<ApiServerOptions> = {}) {
  const scheduler = createScheduler(START)
  const kinds: readonly KindDefinition[] = [namespaces, configMaps, services, deployments]
  const server = createApiServer({
    kinds,
    clock: scheduler,
    queue: scheduler,
    random: createRandom('test'),
    ...options,
  })
  const client = server.client({ name: 'test', groups: [] }, 'test')
  if (!server.store.get('namespaces', 'default')) client.create(namespaces, { metadata: { name: 'default' } })
  /** `send('POST', '/api/v1/…?dryRun=All', object)` */
  const send = (
    method: ApiRequest['method'],
    url: string,
    body?: unknown,
    headers: { readonly [name: string]: string } = {},
  ): ApiResponse => {
    const [path = '', search = ''] = url.split('?')
    const query: Record<string, string> = {}
    for (const pair of search.split('&').filter((part) => part !== '')) {
      const [key = '', value = ''] = pair.split('=')
      query[key] = decodeURIComponent(value)
    }
    const text = typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body)
    return server.handle({ method, path, query, headers, ...(text !== undefined && { body: text }) })
  }
  return { server, client, scheduler, send }
}
