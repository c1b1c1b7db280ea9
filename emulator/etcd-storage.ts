/**
 * What lies in etcd's data directory. While an etcd serves, its directory holds an empty `db` and the store is what is in
 * it; when it ends, the store is written there, so that another etcd on another directory begins with what lies in that.
 */
import { isRecord } from './api/json.ts'
import { createStore, type Store, type StoreBase, type StoreSnapshot } from './api/store.ts'
import type { KubeObject } from './api/types.ts'
import type { Container } from './node/runtime.ts'

export interface EtcdStorage {
  /** Some container listens, or has ended: of etcd's it is told here. */
  began(container: Container): void
  ended(container: Container): void
  /** The text of a backup. */
  backup(): string
  /** The version that the last etcd left in its directory, if none has begun since. */
  readonly left: number | undefined
}

interface Saved {
  readonly etcd: 1
  readonly revision: number
  readonly kind: 'directory' | 'backup'
  readonly store: StoreSnapshot
}

export function createEtcdStorage(store: Store, base: StoreBase, left: number | undefined): EtcdStorage {
  let lastLeft = left
  const textOf = (kind: Saved['kind']) =>
    JSON.stringify({ etcd: 1, revision: store.resourceVersion, kind, store: store.snapshot() } satisfies Saved)
  return {
    get left() {
      return lastLeft
    },
    backup: () => textOf('backup'),
    began({ spec, files }) {
      const path = databaseOf(spec.command ?? [])
      const text = files.read(path)
      const saved = text === undefined ? undefined : readBackup(text)
      if (text === undefined) replace(store, bootstrapOnly(base))
      else if (saved && !(saved.kind === 'directory' && saved.revision === lastLeft))
        replace(store, createStore(base, saved.store).toBase().shelves)
      lastLeft = undefined
      if (text === '') return
      for (let at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) files.makeDirectory(path.slice(0, at))
      files.write(path, '', 0o600)
    },
    ended({ spec, files }) {
      const path = databaseOf(spec.command ?? [])
      if (files.read(path) !== '') return
      try {
        files.write(path, textOf('directory'), 0o600)
        lastLeft = store.resourceVersion
      } catch {
        // A full disk keeps no more than what the store has anyway.
      }
    },
  }
}

/** What `etcdutl` finds in a file; undefined if it is no backup. */
export function readBackup(text: string): Saved | undefined {
  if (!text.startsWith('{"etcd":1,')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isSaved(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isSaved(value: unknown): value is Saved {
  return isRecord(value) && typeof value.revision === 'number' && isRecord(value.store) && isRecord(value.store.objects)
}

function databaseOf(command: readonly string[]): string {
  const flag = command.find((word) => word.startsWith('--data-dir='))?.slice('--data-dir='.length)
  return `${(flag ?? '/default.etcd').replace(/\/+$/, '')}/member/snap/db`
}

const isMirror = (object: KubeObject | undefined): boolean =>
  object?.metadata?.annotations?.['kubernetes.io/config.mirror'] !== undefined

/**
 * Everything as in `target`, told to whoever watches as writes of its own. Mirrors of static Pods stay as they are: the
 * kubelets hold on to what runs, whatever lies in etcd.
 */
function replace(store: Store, target: StoreBase['shelves']): void {
  const current = store.toBase().shelves
  for (const [resource, { objects }] of current)
    for (const [key, object] of objects)
      if (!target.get(resource)?.objects.has(key) && !isMirror(object)) store.remove(resource, key)
  for (const [resource, { objects }] of target)
    for (const [key, object] of objects) {
      const now = store.get(resource, key)
      if (
        isMirror(object) ||
        isMirror(now) ||
        now === object ||
        now?.metadata?.resourceVersion === object.metadata?.resourceVersion
      )
        continue
      store.put(resource, key, object)
    }
}

/** What an API server writes into an empty etcd (upstream: pkg/controlplane, rbac and flow control's bootstrap hooks). */
const BOOTSTRAP: ReadonlyMap<string, (key: string) => boolean> = new Map([
  ['namespaces', (key) => ['default', 'kube-node-lease', 'kube-public', 'kube-system'].includes(key)],
  ['services', (key) => key === 'default/kubernetes'],
  ...['priorityclasses.scheduling.k8s.io', 'apiservices.apiregistration.k8s.io', 'componentstatuses'].map(all),
  ...['flowschemas', 'prioritylevelconfigurations'].map((name) => all(`${name}.flowcontrol.apiserver.k8s.io`)),
  all('servicecidrs.networking.k8s.io'),
  // Unlike Kubernetes: kubelets register their nodes again without a restart.
  all('nodes'),
  ...['clusterroles', 'clusterrolebindings', 'roles', 'rolebindings'].map(
    (name) => [`${name}.rbac.authorization.k8s.io`, isSystemRole] as const,
  ),
])

function all(resource: string): readonly [string, (key: string) => boolean] {
  return [resource, () => true]
}

function isSystemRole(key: string): boolean {
  return /(^|\/)(system:|cluster-admin$|admin$|edit$|view$|extension-apiserver-authentication-reader$)/.test(key)
}

function bootstrapOnly(base: StoreBase): StoreBase['shelves'] {
  const store = createStore(base)
  for (const [resource, { keys }] of base.shelves)
    for (const key of keys) if (BOOTSTRAP.get(resource)?.(key) !== true) store.remove(resource, key)
  return store.toBase().shelves
}
