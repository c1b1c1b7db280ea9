/** Writes Events as client-go's recorder does: repetitions are counted, floods are dropped. */
import { microTimestamp, timestamp } from '../api/age.ts'
import type { ObjectClient } from '../api/client.ts'
import { StatusError } from '../api/errors.ts'
import type { KubeObject } from '../api/types.ts'
import type { CoreV1Event, ObjectReference } from '../generated/types.ts'
import { event as eventKind } from '../kinds/event.ts'
import type { Clock } from '../sim/types.ts'
import type { EventRecorder } from './controller.ts'
import { aboutValue, eventsByObject } from './indexes.ts'
import { nameOf, namespaceOf, uidOf } from './metadata.ts'

/** Tokens of the spam filter by source and object (client-go: events_cache.go, burst 25, one more every 300 s). */
export type EventBudget = Map<string, { readonly tokens: number; readonly at: number }>

export interface RecorderOptions {
  readonly objects: ObjectClient
  readonly clock: Clock
  readonly budget: EventBudget
  readonly component: string
  /** The kubelet's node. */
  readonly host?: string
  /** The scheduler speaks events.k8s.io/v1, which keeps `source` and `firstTimestamp` empty. */
  readonly series?: { readonly action: string; readonly instance: string }
}

/** Records about an object or, with `fieldPath`, about a part of it: `spec.containers{web}`. */
export interface FieldEventRecorder extends EventRecorder {
  event(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string, fieldPath?: string): void
}

const burst = 25
const refillMs = 300_000
const similarWindowMs = 600_000
const maxSimilar = 10
const combinedPrefix = '(combined from similar events): '

export function createRecorder(options: RecorderOptions): FieldEventRecorder {
  return {
    event(about, type, reason, message, fieldPath) {
      const reference = referenceTo(about, fieldPath)
      const now = options.clock.now()
      if (!options.series && !spend(options, reference, now)) return
      const namespace = namespaceOf(about) || 'default'
      const known = options.objects.listBy(eventKind, eventsByObject, aboutValue(namespace, reference.name))
      const text = options.series ? message : combined(known, reference, reason, message, now)
      const same = known.find((old) => isSame(old, options, reference, type, reason, text))
      try {
        if (same) options.objects.update(eventKind, repeated(same, options, now))
        else options.objects.create(eventKind, fresh(options, known, reference, type, reason, text, namespace, now))
      } catch (error) {
        // A namespace that ends takes no more events; a recorder never fails what it reports on.
        if (!(error instanceof StatusError)) throw error
      }
    },
  }
}

function referenceTo(about: KubeObject, fieldPath: string | undefined): ObjectReference {
  return {
    apiVersion: about.apiVersion,
    kind: about.kind,
    name: nameOf(about),
    namespace: about.metadata?.namespace,
    // The scheduler and controllers put the version in; describe finds events by uid.
    resourceVersion: about.metadata?.resourceVersion,
    uid: uidOf(about),
    ...(fieldPath && { fieldPath }),
  }
}

function spend(options: RecorderOptions, reference: ObjectReference, now: number): boolean {
  const key = `${options.component} ${options.host ?? ''} ${reference.uid ?? ''}`
  const last = options.budget.get(key)
  const tokens = last ? Math.min(burst, last.tokens + (now - last.at) / refillMs) : burst
  if (tokens < 1) return false
  // Set anew, so that the entries stand in the order of their last use.
  options.budget.delete(key)
  options.budget.set(key, { tokens: tokens - 1, at: now })
  forgetFull(options.budget, now)
  return true
}

/** Drops what has been silent long enough to be full again, which is as good as unknown: the oldest come first. */
function forgetFull(budget: EventBudget, now: number): void {
  for (const [key, { at }] of budget) {
    if (now - at < burst * refillMs) return
    budget.delete(key)
  }
}

/** More than ten different messages of one reason within ten minutes become one counted event. */
function combined(
  known: readonly CoreV1Event[],
  reference: ObjectReference,
  reason: string,
  message: string,
  now: number,
): string {
  const similar = known.filter(
    (old) =>
      old.reason === reason &&
      old.involvedObject.uid === reference.uid &&
      old.involvedObject.fieldPath === reference.fieldPath &&
      now - Date.parse(old.lastTimestamp ?? '') < similarWindowMs,
  )
  if (similar.length < maxSimilar || similar.some((old) => old.message === message)) return message
  return similar.find((old) => old.message?.startsWith(combinedPrefix))?.message ?? combinedPrefix + message
}

function isSame(
  old: CoreV1Event,
  options: RecorderOptions,
  reference: ObjectReference,
  type: string,
  reason: string,
  message: string,
): boolean {
  return (
    old.reason === reason &&
    old.message === message &&
    old.type === type &&
    old.reportingComponent === options.component &&
    old.involvedObject.uid === reference.uid &&
    old.involvedObject.name === reference.name &&
    old.involvedObject.fieldPath === reference.fieldPath
  )
}

function repeated(old: CoreV1Event, options: RecorderOptions, now: number): CoreV1Event {
  if (options.series) {
    return { ...old, series: { count: (old.series?.count ?? 1) + 1, lastObservedTime: microTimestamp(now) } }
  }
  return { ...old, count: (old.count ?? 1) + 1, lastTimestamp: timestamp(now) }
}

function fresh(
  options: RecorderOptions,
  known: readonly CoreV1Event[],
  reference: ObjectReference,
  type: string,
  reason: string,
  message: string,
  namespace: string,
  now: number,
): CoreV1Event {
  const metadata = { namespace, name: eventName(known, reference, now) }
  const common = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata,
    involvedObject: reference,
    reason,
    message,
    type,
    reportingComponent: options.component,
  }
  if (options.series) {
    return {
      ...common,
      source: {},
      eventTime: microTimestamp(now),
      action: options.series.action,
      reportingInstance: options.series.instance,
    }
  }
  return {
    ...common,
    source: { component: options.component, ...(options.host && { host: options.host }) },
    firstTimestamp: timestamp(now),
    lastTimestamp: timestamp(now),
    count: 1,
    reportingInstance: options.host ?? '',
  }
}

/** Upstream appends the time in ns, in hex; within one virtual ms each event comes some ns after the one before. */
function eventName(known: readonly CoreV1Event[], reference: ObjectReference, now: number): string {
  const prefix = `${reference.name}.`
  const first = BigInt(now) * 1_000_000n
  const later = known.flatMap(({ metadata: { name = '' } }) => {
    const suffix = name.startsWith(prefix) ? name.slice(prefix.length) : ''
    return /^[0-9a-f]{16}$/.test(suffix) ? [BigInt(`0x${suffix}`)] : []
  })
  const nanos = later.reduce((latest, time) => (time >= latest ? time + 7_351n : latest), first)
  return prefix + nanos.toString(16)
}
