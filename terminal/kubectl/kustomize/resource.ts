import { isMapping, type Mapping, mappingOf, textOf } from './values.ts'

/** Kinds whose objects belong to no namespace. */
const CLUSTER_KINDS = new Set([
  ...['APIService', 'CSIDriver', 'CSINode', 'CertificateSigningRequest', 'ClusterRole', 'ClusterRoleBinding'],
  ...['CustomResourceDefinition', 'GatewayClass', 'IngressClass', 'MutatingWebhookConfiguration', 'Namespace', 'Node'],
  ...['PersistentVolume', 'PriorityClass', 'RuntimeClass', 'StorageClass', 'ValidatingWebhookConfiguration'],
])

/** An object on its way through kustomizations, with the names it has had (upstream: kustomize/api/resource). */
export class Resource {
  object: Mapping
  /** Names and namespaces before each change, oldest first. */
  readonly before: { readonly name: string; readonly namespace: string }[] = []
  /** The name still has to get a hash of the content. */
  needsHash: boolean

  constructor(object: Mapping, needsHash = false) {
    this.object = object
    this.needsHash = needsHash
  }

  get kind(): string {
    return textOf(this.object.kind)
  }
  get name(): string {
    return textOf(mappingOf(this.object.metadata).name)
  }
  get namespace(): string {
    return textOf(mappingOf(this.object.metadata).namespace)
  }
  get group(): string {
    const [group = '', version] = textOf(this.object.apiVersion).split('/')
    return version === undefined ? '' : group
  }
  get version(): string {
    return textOf(this.object.apiVersion).split('/').pop() ?? ''
  }
  get clusterScoped(): boolean {
    return CLUSTER_KINDS.has(this.kind)
  }

  /** Every name it has had, the present one last. */
  get names(): readonly string[] {
    return [...this.before.map(({ name }) => name), this.name]
  }
  get originalName(): string {
    return this.before[0]?.name ?? this.name
  }
  get originalNamespace(): string {
    return this.before[0]?.namespace ?? this.namespace
  }

  /** `Deployment.v1.apps/web.[noNs]` */
  get id(): string {
    return idText(this, this.originalName, this.originalNamespace)
  }

  setMetadata(fields: Mapping): void {
    this.object = { ...this.object, metadata: { ...mappingOf(this.object.metadata), ...fields } }
  }

  rename(name: string): void {
    this.before.push({ name: this.name, namespace: this.namespace })
    this.setMetadata({ name })
  }

  move(namespace: string): void {
    this.before.push({ name: this.name, namespace: this.namespace })
    this.setMetadata({ namespace })
  }

  get labels(): Mapping {
    const { labels } = mappingOf(this.object.metadata)
    return isMapping(labels) ? labels : {}
  }
}

export function idText(
  { kind, version, group }: { readonly kind: string; readonly version: string; readonly group: string },
  name: string,
  namespace: string,
): string {
  return `${kind}.${version}.${group || '[noGrp]'}/${name}.${namespace || '[noNs]'}`
}
