/** The paths of a kind in OpenAPI: which operations there are and which query parameters they take. */
import type { KindDefinition } from '../kind.ts'
import { PATCH_TYPES } from '../patch/patch-types.ts'
import { definitionOf, gvk, type JsonSchema, type OpenApiVersion, reference } from './schemas.ts'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

const WRITE_PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation']
const LIST_PARAMETERS = [
  'allowWatchBookmarks',
  'continue',
  'fieldSelector',
  'labelSelector',
  'limit',
  'resourceVersion',
  'resourceVersionMatch',
  'sendInitialEvents',
  'timeoutSeconds',
  'watch',
]
const DELETE_PARAMETERS = ['dryRun', 'gracePeriodSeconds', 'orphanDependents', 'propagationPolicy']

const BOOLEANS = ['allowWatchBookmarks', 'orphanDependents', 'sendInitialEvents', 'watch', 'force']
const INTEGERS = ['gracePeriodSeconds', 'limit', 'timeoutSeconds']

/** Where a kind is served: `/apis/apps/v1/namespaces/{namespace}/deployments`, and the same with `/{name}`. */
export function pathsOf(kind: KindDefinition, version: OpenApiVersion): { readonly [path: string]: JsonSchema } {
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`
  const collection =
    kind.scope === 'Namespaced' ? `${root}/namespaces/{namespace}/${kind.plural}` : `${root}/${kind.plural}`
  const at = (names: readonly string[], operations: readonly JsonSchema[]): JsonSchema => ({
    ...Object.assign({}, ...operations),
    parameters: names.map((name) => parameter(name, 'path', version)),
  })
  const scope = kind.scope === 'Namespaced' ? ['namespace'] : []
  const one = (method: Method, action: string, parameters: readonly string[]): JsonSchema => ({
    [method]: operation(kind, method, action, parameters, version),
  })
  const create = one('post', 'post', WRITE_PARAMETERS)
  if (kind.answer) return { [collection]: at(scope, [create]) }
  const paths = {
    [collection]: at(scope, [
      one('get', 'list', LIST_PARAMETERS),
      create,
      one('delete', 'deletecollection', [...LIST_PARAMETERS, ...DELETE_PARAMETERS]),
    ]),
    [`${collection}/{name}`]: at(
      [...scope, 'name'],
      [
        one('get', 'get', []),
        one('put', 'put', WRITE_PARAMETERS),
        one('patch', 'patch', [...WRITE_PARAMETERS, 'force']),
        one('delete', 'delete', DELETE_PARAMETERS),
      ],
    ),
  }
  return kind.scope === 'Namespaced'
    ? { ...paths, [`${root}/${kind.plural}`]: at([], [one('get', 'list', LIST_PARAMETERS)]) }
    : paths
}

function operation(
  kind: KindDefinition,
  method: Method,
  action: string,
  parameters: readonly string[],
  version: OpenApiVersion,
): JsonSchema {
  const definition = definitionOf(kind) ?? ''
  const schema = reference(action === 'list' ? `${definition}List` : definition, version)
  const response = {
    description: 'OK',
    ...(version === 2 ? { schema } : { content: { 'application/json': { schema } } }),
  }
  const query = parameters.map((name) => parameter(name, 'query', version))
  const body = method === 'post' || method === 'put' ? reference(definition, version) : undefined
  return {
    operationId: `${action}${kind.group === '' ? 'Core' : kind.group.split('.')[0]}${kind.version}${kind.kind}`,
    ...(version === 2
      ? {
          produces: ['application/json', 'application/yaml'],
          parameters: body ? [{ name: 'body', in: 'body', required: true, schema: body }, ...query] : query,
        }
      : {
          parameters: query,
          ...(body && { requestBody: { required: true, content: { '*/*': { schema: body } } } }),
          ...(method === 'patch' && { requestBody: { required: true, content: patchContent(kind) } }),
        }),
    responses: { '200': response },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': gvk(kind),
  }
}

/** Clients learn here whether a kind takes strategic merge patches. */
const patchContent = (kind: KindDefinition): JsonSchema =>
  Object.fromEntries(
    PATCH_TYPES.filter((type) => !kind.custom || !type.includes('strategic')).map((type) => [
      type,
      { schema: { type: 'object' } },
    ]),
  )

function parameter(name: string, place: 'path' | 'query', version: OpenApiVersion): JsonSchema {
  const type = BOOLEANS.includes(name) ? 'boolean' : INTEGERS.includes(name) ? 'integer' : 'string'
  return {
    name,
    in: place,
    ...(place === 'path' && { required: true }),
    ...(version === 2 ? { type, uniqueItems: true } : { schema: { type, uniqueItems: true } }),
  }
}
