/** Runs controllers: a change queues keys, a due key is reconciled once, errors back off. */

import type { ObjectClient } from '../api/client.ts'
import { StatusError } from '../api/errors.ts'
import { type KindDefinition, resourceName } from '../api/kind.ts'
import type { KubeObject, StoreEvent } from '../api/types.ts'
import type { Clock, EventQueue, Random } from '../sim/types.ts'
import type { ControllerDefinition, EventRecorder, ObjectKey } from './controller.ts'
import { controllerOf, keyOf } from './metadata.ts'

export interface ControllerRunnerOptions {
  /** Asked for when the first thing happens: a cluster nobody touches costs nothing. */
  readonly definitions: () => readonly ControllerDefinition[]
  readonly objects: ObjectClient
  /** The door of one controller, where not all own under one name what they write. */
  readonly objectsOf?: (controller: string) => ObjectClient
  /** The kind behind a resource that no definition names, of those that CustomResourceDefinitions brought. */
  readonly customKind?: (resource: string) => KindDefinition | undefined
  readonly clock: Clock
  readonly queue: EventQueue
  readonly random: Random
  readonly recorder: (component: string) => EventRecorder
  /** False while a controller's process is down: what falls due then is left to `resync`. Default: always up. */
  readonly isUp?: (controller: string) => boolean
}

export interface ControllerRunner {
  /** Takes one change of the store. */
  changed(event: StoreEvent): void
  /** Queues a key by hand, for what the store does not show (a machine's power, a container's exit). */
  enqueue(controller: string, key: ObjectKey, delayMs?: number): void
  /** Controllers whose processes are back look at everything, as after every start. */
  resync(returned: (controller: string) => boolean): void
  /** Schedules a job of a snapshot again; false if it is none of ours. */
  resume(job: string, at: number, background: boolean): boolean
  /** Failures in a row by job, for the back-off; part of a snapshot. */
  readonly failures: Map<string, number>
}

interface Subscription {
  readonly controller: ControllerDefinition
  readonly keys: (object: KubeObject) => readonly ObjectKey[]
}

interface Wiring {
  readonly controllers: ReadonlyMap<string, ControllerDefinition>
  readonly subscriptions: ReadonlyMap<string, readonly Subscription[]>
  readonly customWatchers: readonly ControllerDefinition[]
}

function wire(definitions: readonly ControllerDefinition[], objects: ObjectClient): Wiring {
  return {
    controllers: new Map(definitions.map((definition) => [definition.name, definition])),
    subscriptions: subscriptionsByResource(definitions, objects),
    customWatchers: definitions.filter(({ watchesCustom }) => watchesCustom),
  }
}

/** client-go's rate limiter for failing items: 5 ms doubled up to 1,000 s (DefaultControllerRateLimiter). */
function backoffMs(failures: number): number {
  return Math.min(5 * 2 ** failures, 1_000_000)
}

export function createControllerRunner(options: ControllerRunnerOptions): ControllerRunner {
  const { clock, queue, objects } = options
  let wired: Wiring | undefined
  const wiring = () => {
    wired ??= wire(options.definitions(), objects)
    return wired
  }
  const failures = new Map<string, number>()

  function schedule(controller: ControllerDefinition, key: ObjectKey, at: number, background: boolean): void {
    const job = jobOf(controller.name, key)
    queue.schedule(at, job, () => run(controller, key, job), { background })
  }

  function enqueue(controller: ControllerDefinition, key: ObjectKey, delayMs?: number): void {
    const [minimum, maximum] = controller.delayMs
    const delay = delayMs ?? minimum + randomInt(`${controller.name}-delay`, maximum - minimum + 1)
    schedule(controller, key, clock.now() + delay, false)
  }

  function randomInt(fork: string, n: number): number {
    return options.random.fork(fork).int(n)
  }

  function run(controller: ControllerDefinition, key: ObjectKey, job: string): void {
    if (options.isUp?.(controller.name) === false) return
    try {
      const result = controller.reconcile(key, {
        objects: options.objectsOf?.(controller.name) ?? objects,
        now: clock.now(),
        recorder: options.recorder(controller.name),
        randomInt,
      })
      failures.delete(job)
      if (result?.requeueAfterMs !== undefined) {
        schedule(controller, key, clock.now() + result.requeueAfterMs, result.background === true)
      }
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      const count = failures.get(job) ?? 0
      failures.set(job, count + 1)
      schedule(controller, key, clock.now() + backoffMs(count), count > 4)
    }
  }

  return {
    failures,
    changed(event) {
      const custom = wiring().subscriptions.has(event.resource) ? undefined : options.customKind?.(event.resource)
      for (const controller of custom ? wiring().customWatchers : []) {
        const keys = controller.watchesCustom?.(custom ?? controller.for, event.object, { objects }) ?? []
        for (const key of keys) enqueue(controller, key)
      }
      for (const { controller, keys } of wiring().subscriptions.get(event.resource) ?? []) {
        for (const key of keys(event.object)) enqueue(controller, key)
        if (event.previous) for (const key of keys(event.previous)) enqueue(controller, key)
      }
    },
    enqueue(name, key, delayMs) {
      const controller = wiring().controllers.get(name)
      if (controller) enqueue(controller, key, delayMs)
    },
    resync(returned) {
      for (const controller of wiring().controllers.values()) {
        if (!returned(controller.name)) continue
        for (const object of objects.list(controller.for)) enqueue(controller, keyOf(object), 2_000)
      }
    },
    resume(job, at, background) {
      const parsed = parseJob(job)
      const controller = parsed && wiring().controllers.get(parsed.controller)
      if (!controller) return false
      schedule(controller, parsed.key, at, background)
      return true
    },
  }
}

function subscriptionsByResource(
  definitions: readonly ControllerDefinition[],
  objects: ObjectClient,
): ReadonlyMap<string, readonly Subscription[]> {
  const byResource = new Map<string, Subscription[]>()
  const subscribe = (resource: string, subscription: Subscription) => {
    const list = byResource.get(resource) ?? []
    list.push(subscription)
    byResource.set(resource, list)
  }
  for (const controller of definitions) {
    const { concerns } = controller
    subscribe(resourceName(controller.for), {
      controller,
      keys: (object) => (concerns?.(object, { objects }) === false ? [] : [keyOf(object)]),
    })
    for (const owned of controller.owns ?? []) {
      subscribe(resourceName(owned), { controller, keys: (object) => ownerKeys(object, controller.for.kind) })
    }
    for (const watch of controller.watches ?? []) {
      subscribe(resourceName(watch.kind), { controller, keys: (object) => watch.keys(object, { objects }) })
    }
  }
  return byResource
}

function ownerKeys(object: KubeObject, ownerKind: string): readonly ObjectKey[] {
  const owner = controllerOf(object)
  return owner?.kind === ownerKind ? [{ namespace: object.metadata?.namespace, name: owner.name }] : []
}

function jobOf(controller: string, key: ObjectKey): string {
  return `reconcile ${controller} ${key.namespace ?? ''}/${key.name}`
}

function parseJob(job: string): { readonly controller: string; readonly key: ObjectKey } | undefined {
  const match = /^reconcile (\S+) ([^/]*)\/(.*)$/s.exec(job)
  if (!match) return undefined
  const [, controller = '', namespace = '', name = ''] = match
  return { controller, key: { namespace: namespace || undefined, name } }
}
