/** References between objects follow their targets' new names (upstream: builtinpluginconsts/namereference.go). */
import type { Json } from '../yaml/parse.ts'
import type { Resource } from './resource.ts'
import { isMapping, type Mapping, textOf } from './values.ts'

/** The kind that a mapping under this key names, and the field that holds the name. */
const BY_KEY: { readonly [key: string]: readonly [kind: string, field: string] } = {
  configMap: ['ConfigMap', 'name'],
  configMapKeyRef: ['ConfigMap', 'name'],
  configMapRef: ['ConfigMap', 'name'],
  imagePullSecrets: ['Secret', 'name'],
  persistentVolumeClaim: ['PersistentVolumeClaim', 'claimName'],
  secret: ['Secret', 'secretName'],
  secretKeyRef: ['Secret', 'name'],
  secretRef: ['Secret', 'name'],
  secrets: ['Secret', 'name'],
  service: ['Service', 'name'],
}
const BY_FIELD: { readonly [field: string]: string } = {
  ingressClassName: 'IngressClass',
  priorityClassName: 'PriorityClass',
  secretName: 'Secret',
  serviceAccountName: 'ServiceAccount',
  serviceName: 'Service',
  storageClassName: 'StorageClass',
  volumeName: 'PersistentVolume',
}
/** Mappings that carry the kind themselves. */
const TYPED = new Set(['roleRef', 'scaleTargetRef', 'subjects', 'targetRef', 'backendRefs', 'parentRefs'])

export function fixReferences(resources: readonly Resource[]): void {
  for (const resource of resources) {
    const { metadata, ...rest } = resource.object
    const follower = new Follower(resource, resources)
    resource.object = { ...(follower.follow(rest, '') as Mapping), ...(metadata !== undefined && { metadata }) }
  }
}

class Follower {
  readonly #from: Resource
  readonly #all: readonly Resource[]
  constructor(from: Resource, all: readonly Resource[]) {
    this.#from = from
    this.#all = all
  }

  follow(value: Json, key: string): Json {
    if (Array.isArray(value)) return value.map((item) => this.follow(item, key))
    if (!isMapping(value)) return value
    const below = Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        const kind = BY_FIELD[name]
        return [name, kind && typeof item === 'string' ? this.#nameNow(kind, item) : this.follow(item, name)]
      }),
    )
    return this.#named(below, key)
  }

  #named(value: Mapping, key: string): Mapping {
    if (TYPED.has(key) && typeof value.name === 'string') {
      const target = this.#find(
        textOf(value.kind) || (key === 'backendRefs' ? 'Service' : 'Gateway'),
        value.name,
        textOf(value.namespace),
      )
      if (!target) return value
      const moved: Mapping = { ...value, name: target.name }
      if (key === 'subjects' && target.namespace !== '') moved.namespace = target.namespace
      return moved
    }
    const [kind, field] = BY_KEY[key] ?? []
    if (kind === undefined || field === undefined) return value
    const name = value[field]
    return typeof name === 'string' ? { ...value, [field]: this.#nameNow(kind, name) } : value
  }

  #nameNow(kind: string, name: string): string {
    return this.#find(kind, name, '')?.name ?? name
  }

  /** The target of that name as it once was; of several the one in the same namespace with the most in common. */
  #find(kind: string, name: string, namespace: string): Resource | undefined {
    const found = this.#all.filter(
      (one) =>
        one.kind === kind &&
        one.names.includes(name) &&
        (namespace === '' || [one.namespace, one.originalNamespace].includes(namespace)),
    )
    const near = found.filter((one) => one.namespace === this.#from.namespace || one.clusterScoped)
    const list = near.length > 0 ? near : found
    return list.toSorted((a, b) => this.#likeness(b) - this.#likeness(a))[0]
  }

  /** How much of the new name's frame (prefix and suffix) the referrer shares. */
  #likeness(target: Resource): number {
    const frame = (one: Resource) => one.name.split(one.originalName)
    const [prefix = '', suffix = ''] = frame(target)
    const [mine = '', tail = ''] = frame(this.#from)
    return Number(prefix === mine) + Number(suffix.startsWith(tail))
  }
}
