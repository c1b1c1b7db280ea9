import { badRequest, conflict } from '../api/errors.ts'
import { isRecord } from '../api/json.ts'
import { objectKey, type Store } from '../api/store.ts'
import type { SubresourceHandler } from '../api/subresource.ts'
import { nameOf, namespaceOf } from '../controllers/metadata.ts'
import { withScheduled } from '../controllers/scheduler.ts'
import type { Pod, Status } from '../generated/types.ts'
import { evictionHandler } from './eviction-handler.ts'
import type { Machine } from './machine.ts'
import { createLogHandler } from './pod-log.ts'
import type { ContainerRuntime } from './runtime.ts'

/** The Pod's subresources beyond status: log, binding, eviction. */
export function createPodHandlers(
  runtime: ContainerRuntime,
  store: Store,
  machine: (name: string) => Machine | undefined,
): readonly SubresourceHandler[] {
  return [createLogHandler(runtime, machine), bindingHandler(store), evictionHandler]
}

/**
 * Sets a Pod's node past the update rules, as only a binding may; nobody owns what it sets (upstream:
 * registry/core/pod/storage setPodNodeAndMetadata).
 */
export function bindPod(store: Store, pod: Pod, nodeName: string, now: number): void {
  const key = objectKey(namespaceOf(pod), nameOf(pod))
  const current = store.get('pods', key) as Pod | undefined
  if (!current || current.metadata?.uid !== pod.metadata?.uid) return
  if (current.spec?.nodeName) {
    const message = `pod ${nameOf(pod)} is already assigned to node ${JSON.stringify(current.spec.nodeName)}`
    throw conflict({ group: '', plural: 'pods/binding' }, nameOf(pod), message)
  }
  const { nominatedNodeName: _nominated, ...status } = current.status ?? {}
  const spec = { ...current.spec, containers: current.spec?.containers ?? [], nodeName }
  store.put('pods', key, withScheduled({ ...current, spec, status }, { type: 'PodScheduled', status: 'True' }, now))
}

function bindingHandler(store: Store): SubresourceHandler {
  return {
    resource: 'pods',
    subresource: 'binding',
    methods: ['POST'],
    speaks: { group: '', version: 'v1', kind: 'Binding' },
    handle({ object, body, dryRun, now }) {
      const target = isRecord(body) && isRecord(body.target) ? body.target : {}
      if (typeof target.name !== 'string' || target.name === '') throw badRequest('target.name: Required value')
      if (!dryRun) bindPod(store, object, target.name, now)
      return { status: 201, body: success(201) }
    },
  }
}

function success(code: number): Status {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code }
}
