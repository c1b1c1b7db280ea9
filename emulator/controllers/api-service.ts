import { timestamp } from '../api/age.ts'
import type { ObjectClient } from '../api/client.ts'
import { jsonEqual } from '../api/json.ts'
import type { APIService, APIServiceCondition, EndpointSlice, Service } from '../generated/types.ts'
import { apiService } from '../kinds/api-service.ts'
import { customResourceDefinition } from '../kinds/custom-resource-definition.ts'
import { endpointSlice } from '../kinds/endpoint-slice.ts'
import { AUTOMANAGED, customApiService } from '../kinds/local-api-services.ts'
import { service as serviceKind } from '../kinds/service.ts'
import { type ControllerDefinition, defineController, type ObjectKey } from './controller.ts'
import { labelsOf, nameOf, namespaceOf } from './metadata.ts'

/** What an APIService's Service answers when it is asked what it serves; undefined: nobody there speaks that API. */
export type DiscoveryCheck = (name: string) => boolean

/**
 * Registers what CustomResourceDefinitions bring, and says of every APIService whether it can be reached (upstream:
 * kube-aggregator/pkg/controllers/status, pkg/controlplane/controller/crdregistration).
 */
export function createApiServiceController(answers: DiscoveryCheck): ControllerDefinition {
  const behind = (namespace: string, name: string, objects: ObjectClient): readonly ObjectKey[] =>
    objects
      .list(apiService)
      .filter(({ spec }) => spec?.service?.namespace === namespace && spec.service.name === name)
      .map((one) => ({ namespace: undefined, name: nameOf(one) }))
  return defineController({
    name: 'api-service-controller',
    for: apiService,
    watches: [
      { kind: customResourceDefinition, keys: versionKeys },
      { kind: serviceKind, keys: (object, { objects }) => behind(namespaceOf(object), nameOf(object), objects) },
      {
        kind: endpointSlice,
        keys: (object, { objects }) =>
          behind(namespaceOf(object), labelsOf(object)['kubernetes.io/service-name'] ?? '', objects),
      },
    ],
    delayMs: [5, 15],
    reconcile(key, { objects, now }) {
      const current = objects.get(apiService, undefined, key.name)
      const wanted = isServedByDefinition(key.name, objects)
      if (!current) {
        if (wanted) objects.create(apiService, customApiService(...groupVersion(key.name)))
        return undefined
      }
      if (!wanted && labelsOf(current)[AUTOMANAGED] === 'true') {
        objects.delete(apiService, undefined, key.name)
        return undefined
      }
      check(current, objects, now, answers)
      return undefined
    },
  })
}

const groupVersion = (name: string): [group: string, version: string] => {
  const dot = name.indexOf('.')
  return [name.slice(dot + 1), name.slice(0, dot)]
}

const versionKeys = (object: object): readonly ObjectKey[] => {
  const { spec } = object as {
    readonly spec: { readonly group: string; readonly versions: readonly { name: string }[] }
  }
  return spec.versions.map(({ name }) => ({ namespace: undefined, name: `${name}.${spec.group}` }))
}

function isServedByDefinition(name: string, objects: ObjectClient): boolean {
  const [group, version] = groupVersion(name)
  return objects
    .list(customResourceDefinition)
    .some(({ spec }) => spec.group === group && spec.versions.some((one) => one.served && one.name === version))
}

function check(current: APIService, objects: ObjectClient, now: number, answers: DiscoveryCheck): void {
  const found = condition(current, objects, answers)
  const old = current.status?.conditions?.find(({ type }) => type === 'Available')
  const lastTransitionTime = old?.status === found.status ? old.lastTransitionTime : timestamp(now)
  const conditions = [{ ...found, ...(lastTransitionTime !== undefined && { lastTransitionTime }) }]
  if (!jsonEqual(current.status?.conditions, conditions))
    objects.updateStatus(apiService, { ...current, status: { conditions } })
}

function condition(
  { metadata, spec }: APIService,
  objects: ObjectClient,
  answers: DiscoveryCheck,
): APIServiceCondition {
  const type = 'Available'
  const no = (reason: string, message: string): APIServiceCondition => ({ type, status: 'False', reason, message })
  if (!spec?.service)
    return { type, status: 'True', reason: 'Local', message: 'Local APIServices are always available' }
  const { namespace = '', name = '', port = 443 } = spec.service
  const where = `service/${name} in ${JSON.stringify(namespace)}`
  const service = objects.get(serviceKind, namespace, name)
  if (!service) return no('ServiceNotFound', `${where} is not present`)
  const found = service.spec?.ports?.find((one) => one.port === port)
  if (isClusterIp(service)) {
    if (!found) return no('ServicePortError', `${where} is not listening on port ${port}`)
    const slices = objects
      .list(endpointSlice, { namespace, labels: { 'kubernetes.io/service-name': name } })
      .filter((slice) => slice.endpoints)
    if (slices.length === 0) return no('EndpointsNotFound', `cannot find endpointslices for ${where}`)
    if (!slices.some((slice) => hasReady(slice, found.name ?? '')))
      return no(
        'MissingEndpoints',
        `endpointslices for ${where} have no addresses with port name ${JSON.stringify(found.name ?? '')}`,
      )
  }
  if (answers(metadata?.name ?? '')) return { type, status: 'True', reason: 'Passed', message: 'all checks passed' }
  const url = `https://${service.spec?.clusterIP ?? name}:${port}/apis/${spec.group ?? ''}/${spec.version ?? ''}`
  return no('FailedDiscoveryCheck', `failing or missing response from ${url}: bad status from ${url}: 404`)
}

const isClusterIp = ({ spec }: Service): boolean => spec?.type === undefined || spec.type === 'ClusterIP'

const hasReady = ({ endpoints, ports }: EndpointSlice, port: string): boolean =>
  (endpoints ?? []).some(({ conditions }) => conditions?.ready !== false) &&
  (ports ?? []).some(({ name = '' }) => name === port)
