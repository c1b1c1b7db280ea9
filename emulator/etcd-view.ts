/** The cluster's objects as the keys and values of an etcd (upstream: apiserver/pkg/storage/etcd3, pkg/registry). */

import type { Store } from './api/store.ts'
import { encodeStored } from './api/stored-value.ts'
import type { KubeObject } from './api/types.ts'

export interface EtcdEntry {
  readonly key: string
  /** As bytes, one character each. */
  readonly value: string
  readonly modRevision: number
}

/** What etcdctl reads and writes to a file. */
export interface EtcdView {
  readonly revision: number
  /** In the order of their keys; values are made when they are read. */
  entries(): readonly EtcdEntry[]
  /** The content of a backup file. */
  backup(): string
}

/** Resources that lie elsewhere than under their plural. */
const FOLDERS = new Map([
  ['services', 'services/specs'],
  ['endpoints', 'services/endpoints'],
  ['nodes', 'minions'],
  ['replicationcontrollers', 'controllers'],
  ['ingresses.networking.k8s.io', 'ingress'],
  ['customresourcedefinitions.apiextensions.k8s.io', 'apiextensions.k8s.io/customresourcedefinitions'],
  ['apiservices.apiregistration.k8s.io', 'apiregistration.k8s.io/apiservices'],
])
const NOT_STORED = new Set(['componentstatuses'])

export function etcdEntries(store: Store, isCustom: (resource: string) => boolean): readonly EtcdEntry[] {
  const found: EtcdEntry[] = []
  for (const [resource, { objects }] of store.toBase().shelves) {
    if (NOT_STORED.has(resource)) continue
    const folder = FOLDERS.get(resource) ?? folderOf(resource, isCustom(resource))
    for (const [key, object] of objects) found.push(entry(`/registry/${folder}/${key}`, object, isCustom(resource)))
  }
  return found.sort((a, b) => (a.key < b.key ? -1 : 1))
}

function folderOf(resource: string, custom: boolean): string {
  const dot = resource.indexOf('.')
  const plural = dot < 0 ? resource : resource.slice(0, dot)
  return custom ? `${resource.slice(dot + 1)}/${plural}` : plural
}

function entry(key: string, object: KubeObject, custom: boolean): EtcdEntry {
  return {
    key,
    modRevision: Number(object.metadata?.resourceVersion ?? 0),
    get value() {
      return encodeStored(object, custom)
    },
  }
}
