/** Lists: selectors, pages, and the past as far as the history reaches (upstream: apiserver/pkg/storage/etcd3/store.go). */
import { decodeBase64, encodeBase64, isBase64 } from '../base64.ts'
import { badRequest, expired, tooLargeResourceVersion } from '../errors.ts'
import { parseJson } from '../go-json.ts'
import { isRecord } from '../json.ts'
import { type KindDefinition, storageName } from '../kind.ts'
import { objectKey, type Store } from '../store.ts'
import type { KubeObject } from '../types.ts'
import type { ApiContext } from './context.ts'
import { allServed, type Filter, predicate } from './read.ts'

export interface ListRequest extends Filter {
  /** 0: all. */
  readonly limit: number
  /** Token of the page before, or ''. */
  readonly continue: string
  readonly resourceVersion: string
  readonly resourceVersionMatch: string
}

export interface ListPage {
  readonly objects: readonly KubeObject[]
  /** The list's own metadata: resourceVersion, continue, remainingItemCount. */
  readonly metadata: Readonly<Record<string, unknown>>
}

interface Token {
  readonly rv: number
  /** Key after which the page starts. */
  readonly start: string
}

/** One page of a list. Pages after the first show the state of the first, as long as the history remembers it. */
export function listPage(context: ApiContext, kind: KindDefinition, request: ListRequest): ListPage {
  const { store } = context
  const token = request.continue === '' ? undefined : readToken(request)
  const version = token?.rv ?? askedVersion(store, request)
  const matches = predicate(kind, request)
  const stored = kind.computed?.() ?? objectsAt(store, storageName(kind), version)
  const all = allServed(kind, stored)
  const selected = (token ? all.filter((object) => keyOf(object) > token.start) : all).filter(matches)
  const objects = request.limit > 0 ? selected.slice(0, request.limit) : selected
  const last = objects[objects.length - 1]
  const remaining = selected.length - objects.length
  return {
    objects,
    metadata: {
      resourceVersion: String(version),
      ...(remaining > 0 && last && { continue: writeToken({ rv: version, start: keyOf(last) }) }),
      ...(remaining > 0 && !request.labelSelector && !request.fieldSelector && { remainingItemCount: remaining }),
    },
  }
}

const keyOf = (object: KubeObject): string => objectKey(object.metadata?.namespace, object.metadata?.name ?? '')

/** The version to list at; throws for one that is no number, or lies in the future. */
function askedVersion(store: Store, { resourceVersion, resourceVersionMatch }: ListRequest): number {
  if (resourceVersion === '' || resourceVersion === '0') return store.resourceVersion
  const version = readVersion(resourceVersion)
  if (version > store.resourceVersion) throw tooLargeResourceVersion(version, store.resourceVersion)
  return resourceVersionMatch === 'Exact' ? version : store.resourceVersion
}

/** A resourceVersion as a number; throws as the server does for what is none. */
export function readVersion(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw badRequest(
    `resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
  )
}

/** The objects as they stood at `version`: the present, with later writes undone. */
function objectsAt(store: Store, resource: string, version: number): readonly KubeObject[] {
  if (version === store.resourceVersion) return store.list(resource)
  const later = store.history.since(version)
  if (!later)
    throw expired(
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    )
  const objects = new Map(store.list(resource).map((object) => [keyOf(object), object]))
  for (const event of later.filter((one) => one.resource === resource).reverse()) {
    if (event.previous) objects.set(keyOf(event.object), event.previous)
    else objects.delete(keyOf(event.object))
  }
  return [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object)
}

const TOKEN_VERSION = 'meta.k8s.io/v1'

const writeToken = ({ rv, start }: Token): string =>
  encodeBase64(JSON.stringify({ v: TOKEN_VERSION, rv, start })).replaceAll('=', '')

/** Upstream: apiserver/pkg/storage, ValidateListOptions and DecodeContinue. */
function readToken({ continue: text, resourceVersion }: ListRequest): Token {
  const problem = (detail: string) => badRequest(`invalid continue token: continue key is not valid: ${detail}`)
  const padded = text.padEnd(Math.ceil(text.length / 4) * 4, '=')
  const json = decodeBase64(padded.replaceAll('-', '+').replaceAll('_', '/'))
  if (json === undefined) throw problem(`illegal base64 data at input byte ${isBase64(padded) ?? 0}`)
  const parsed = parseJson(json)
  if (!parsed.ok) throw problem(parsed.message)
  const { v = '', rv = 0, start = '' } = isRecord(parsed.value) ? parsed.value : {}
  if (v !== TOKEN_VERSION) throw problem(`server does not recognize this encoded version ${String(v)}`)
  if (typeof rv !== 'number' || rv === 0)
    throw problem(`incorrect encoded start resourceVersion (version ${TOKEN_VERSION})`)
  if (typeof start !== 'string' || start === '') throw problem(`encoded start key empty (version ${TOKEN_VERSION})`)
  if (resourceVersion !== '' && resourceVersion !== '0')
    throw badRequest('specifying resource version is not allowed when using continue')
  return { rv, start }
}
