/** Watches (upstream: apiserver/pkg/storage/cacher, handlers/watch.go). */
import { expired, type StatusError } from '../errors.ts'
import type { StoredEvent } from '../history.ts'
import { type KindDefinition, storageName } from '../kind.ts'
import type { ApiContext } from '../operations/context.ts'
import { readVersion } from '../operations/list.ts'
import { type Filter, predicate, served } from '../operations/read.ts'
import { apiVersion } from '../registry.ts'
import { renewed } from '../renewal.ts'
import { partialObject, table } from '../table.ts'
import type { ApiResponse, ApiStream, KubeObject, WatchEventType } from '../types.ts'
import type { Exchange } from './exchange.ts'

/** Marks the bookmark that ends the list part of a `sendInitialEvents` watch. */
const INITIAL_EVENTS_END = 'k8s.io/initial-events-end'

interface WatchItem {
  readonly type: WatchEventType | 'BOOKMARK' | 'ERROR'
  readonly object: unknown
}

/**
 * A watch as a stream of `{ type, object }`. Without `timeoutSeconds` it never ends by itself; upstream would end it
 * after 30 to 60 minutes. Bookmarks are sent where a client needs them (after initial events, before a time-out), not
 * every minute.
 */
export function watch(context: ApiContext, exchange: Exchange, kind: KindDefinition, filter: Filter): ApiResponse {
  const plan: Plan = {
    context,
    kind,
    resource: storageName(kind),
    matches: predicate(kind, filter),
    present: presenter(context, exchange, kind),
    bookmarks: exchange.flag('allowWatchBookmarks'),
    timeoutSeconds: exchange.integer('timeoutSeconds') ?? 0,
    start: startOf(context, exchange),
  }
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    warnings: exchange.warnings,
    body: undefined,
    stream: createStream(plan),
  }
}

/** From where a watch goes: the present state first, or only what comes after a version. */
type Start =
  | { readonly from: 'state'; readonly version: number; readonly initialEventsEnd: boolean }
  | { readonly from: 'version'; readonly version: number }

interface Plan {
  readonly context: ApiContext
  readonly kind: KindDefinition
  readonly resource: string
  readonly matches: (object: KubeObject) => boolean
  readonly present: (object: KubeObject) => unknown
  readonly bookmarks: boolean
  readonly timeoutSeconds: number
  readonly start: Start
}

function startOf(context: ApiContext, exchange: Exchange): Start {
  const text = exchange.query('resourceVersion') ?? ''
  const initial = exchange.query('sendInitialEvents')
  const version = text === '' ? 0 : readVersion(text)
  if (initial === 'true' || (version === 0 && initial !== 'false'))
    return { from: 'state', version: context.store.resourceVersion, initialEventsEnd: initial === 'true' }
  return { from: 'version', version: version === 0 ? context.store.resourceVersion : version }
}

function createStream(plan: Plan): ApiStream {
  const { store, queue, clock } = plan.context
  const initial = plan.start.from === 'state' ? store.list(plan.resource).filter(plan.matches) : []
  return {
    subscribe(onItem, onEnd) {
      let open = true
      let lastVersion = plan.start.version
      const key = `watch-timeout/${plan.context.nextWatch()}`
      const close = (): void => {
        open = false
        unsubscribe()
        queue.cancel(key)
      }
      const send = (item: WatchItem): void => {
        if (open) onItem(item)
      }
      const pass = (event: StoredEvent): void => {
        if (event.resourceVersion <= lastVersion) return
        lastVersion = event.resourceVersion
        const item = event.resource === plan.resource ? transition(plan, event) : undefined
        if (item) send(item)
      }
      const missed = store.history.since(plan.start.version)
      const unsubscribe = store.subscribe(pass)
      for (const object of initial) send({ type: 'ADDED', object: plan.present(object) })
      if (plan.start.from === 'state' && plan.start.initialEventsEnd && plan.bookmarks)
        send(bookmark(plan, plan.start.version, { [INITIAL_EVENTS_END]: 'true' }))
      if (!missed) {
        send({ type: 'ERROR', object: tooOld(plan.start.version, store.history.oldest).status })
        close()
        onEnd()
        return close
      }
      for (const event of missed) pass(event)
      if (plan.timeoutSeconds > 0)
        queue.schedule(
          clock.now() + plan.timeoutSeconds * 1000,
          key,
          () => {
            if (plan.bookmarks) send(bookmark(plan, store.resourceVersion))
            close()
            onEnd()
          },
          { background: true },
        )
      return close
    },
  }
}

/** What a write means to this watcher: objects come into and go out of its selection. */
function transition(plan: Plan, event: StoredEvent): WatchItem | undefined {
  const was = event.previous !== undefined && plan.matches(event.previous)
  const is = event.type !== 'DELETED' && plan.matches(event.object)
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object: plan.present(event.object) }
  if (!was) return undefined
  // An object that leaves the selection is shown as it last matched, with the version of the write that took it out.
  const last = event.type === 'DELETED' ? event.object : withVersion(event.previous ?? event.object, event.object)
  return { type: 'DELETED', object: plan.present(last) }
}

const withVersion = (object: KubeObject, source: KubeObject): KubeObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    ...(source.metadata?.resourceVersion !== undefined && { resourceVersion: source.metadata.resourceVersion }),
  },
})

function tooOld(version: number, oldest: number): StatusError {
  return expired(`too old resource version: ${version} (${oldest})`)
}

function bookmark(plan: Plan, version: number, annotations?: Readonly<Record<string, string>>): WatchItem {
  const metadata = { resourceVersion: String(version), ...(annotations && { annotations }) }
  return { type: 'BOOKMARK', object: { kind: plan.kind.kind, apiVersion: apiVersion(plan.kind), metadata } }
}

/** Objects, one-row Tables (columns in the first only), or metadata. */
function presenter(context: ApiContext, exchange: Exchange, kind: KindDefinition): (object: KubeObject) => unknown {
  const shown = (object: KubeObject) => renewed(context.renewal, kind, served(kind, object))
  if (exchange.accept.as === 'object') return shown
  if (exchange.accept.as === 'partial') return partialObject
  const include = exchange.query('includeObject')
  let first = true
  return (object) => {
    const withoutColumns = !first
    first = false
    const metadata = { resourceVersion: object.metadata?.resourceVersion ?? '' }
    return table(kind, [shown(object)], { now: context.clock.now(), include, metadata, withoutColumns })
  }
}
