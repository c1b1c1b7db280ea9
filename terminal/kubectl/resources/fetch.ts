/** Gets the objects that a selection names; what fails is collected, the rest goes on. */
import type { KubeObject } from '../../../emulator/index.ts'
import type { ApiClient, RequestOptions } from '../api/client.ts'
import { apiVersionOf, type ResourceType, resourcePath, resourceText } from '../api/discovery.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { ApiError } from '../errors.ts'
import { isLocal, type Selection, type Target } from './selection.ts'

/** One object with where it came from. */
export interface Info {
  readonly type: ResourceType
  readonly namespace: string | undefined
  readonly name: string
  readonly object: KubeObject
  readonly source: string
}

export interface ListBody {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string }
  readonly items?: readonly KubeObject[]
}

/** With `--local` what the files say; else what the server has. */
export function fetchOrRead(
  invocation: Invocation,
  selection: Pick<Selection, 'targets' | 'errors'>,
): { infos: readonly Info[]; errors: readonly Error[] } {
  return isLocal(invocation) ? readInfos(selection) : fetchInfos(invocation.api, selection)
}

/** The objects of files as they stand there. */
export function readInfos(selection: Pick<Selection, 'targets' | 'errors'>): {
  infos: readonly Info[]
  errors: readonly Error[]
} {
  const infos = selection.targets.flatMap((target) =>
    target.kind === 'manifest' ? [{ ...target, object: target.manifest.object, source: target.manifest.source }] : [],
  )
  return { infos, errors: selection.errors }
}

export function fetchInfos(
  api: ApiClient,
  selection: Pick<Selection, 'targets' | 'errors'>,
  subresource?: string,
): { infos: readonly Info[]; errors: readonly Error[] } {
  const infos: Info[] = []
  const errors = [...selection.errors]
  for (const target of selection.targets) {
    try {
      infos.push(...fetchTarget(api, target, subresource))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      errors.push(error)
    }
  }
  return { infos, errors }
}

/** Throws ApiError. */
export function fetchTarget(api: ApiClient, target: Target, subresource?: string): readonly Info[] {
  if (target.kind !== 'type')
    return [fetchObject(api, target, target.kind === 'manifest' ? target.manifest.source : '', subresource)]
  const { type } = target
  return (listTarget<ListBody>(api, target).items ?? []).map((object) => ({
    type,
    object: typed(type, object),
    name: object.metadata?.name ?? '',
    namespace: object.metadata?.namespace,
    source: '',
  }))
}

/** Throws ApiError. */
export function fetchObject(
  api: ApiClient,
  target: { readonly type: ResourceType; readonly namespace: string | undefined; readonly name: string },
  source = '',
  subresource?: string,
): Info {
  const { type, namespace, name } = target
  const object = api.get<KubeObject>(resourcePath(type, namespace, name, subresource))
  return { type, namespace: object.metadata?.namespace ?? namespace, name, object: typed(type, object), source }
}

/** What a list in any representation has: objects, or the rows of a Table. */
interface Page {
  readonly metadata?: { readonly continue?: string }
  readonly items?: readonly unknown[]
  readonly rows?: readonly unknown[]
}

/** Follows `continue` to the end of the list, as client-go's pager does. */
function allPages<T>(page: (more: { readonly continue?: string }) => T & Page): T {
  let list = page({})
  for (let next = list.metadata?.continue; next; ) {
    const { metadata, items = [], rows = [] } = page({ continue: next })
    list = {
      ...list,
      ...(list.items && { items: [...list.items, ...items] }),
      ...(list.rows && { rows: [...list.rows, ...rows] }),
    }
    next = metadata?.continue
  }
  return list
}

/** A list request for a whole type, in any representation. Throws ApiError with the selectors in its message. */
export function listTarget<T>(
  api: ApiClient,
  target: Extract<Target, { kind: 'type' }>,
  options: RequestOptions = {},
): T {
  const { type, namespace, labels, fields } = target
  const query = { ...options.query, ...(labels && { labelSelector: labels }), ...(fields && { fieldSelector: fields }) }
  try {
    const page = (more: { readonly continue?: string }) =>
      api.get<T & Page>(resourcePath(type, namespace), { ...options, query: { limit: '500', ...query, ...more } })
    return allPages(page)
  } catch (error) {
    if (!(error instanceof ApiError) || (error.reason !== 'BadRequest' && error.reason !== 'NotFound')) throw error
    const what =
      labels === '' && fields === ''
        ? `Unable to list "${resourceText(type)}"`
        : `Unable to find "${resourceText(type)}" that match label selector ${JSON.stringify(labels)}, field selector ${JSON.stringify(fields)}`
    throw new ApiError({ ...error.status, message: `${what}: ${error.message}` })
  }
}

/** List items may come without kind and apiVersion. */
export function typed(type: ResourceType, object: KubeObject): KubeObject {
  return object.kind && object.apiVersion ? object : { apiVersion: apiVersionOf(type), kind: type.kind, ...object }
}
