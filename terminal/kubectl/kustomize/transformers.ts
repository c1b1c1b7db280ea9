/** What a kustomization changes in the objects it collects: names, namespace, labels, annotations, images, replicas. */
import { createHash } from 'node:crypto'
import { goJson } from '../print/go-json.ts'
import type { Json } from '../yaml/parse.ts'

export type Mapping = { [key: string]: Json }
/** An object, and whether its name still has to get a hash of its content. */
export interface Entry {
  readonly object: Mapping
  readonly generated: boolean
}

export const isMapping = (value: Json | undefined): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Kinds whose objects belong to no namespace. */
const CLUSTER_KINDS = new Set([
  'Namespace',
  'Node',
  'PersistentVolume',
  'StorageClass',
  'ClusterRole',
  'ClusterRoleBinding',
  'IngressClass',
  'PriorityClass',
  'CustomResourceDefinition',
  'GatewayClass',
])

export function transform(entries: readonly Entry[], kustomization: Mapping): readonly Entry[] {
  const [prefix, suffix] = [String(kustomization.namePrefix ?? ''), String(kustomization.nameSuffix ?? '')]
  const renamed = new Map<string, string>()
  const changed = entries.map(({ object, generated }) => {
    let result = withLabels(object, kustomization)
    if (typeof kustomization.namespace === 'string' && !CLUSTER_KINDS.has(String(object.kind)))
      result = withMetadata(result, { namespace: kustomization.namespace })
    const old = nameOf(object)
    const plain = object.kind === 'Namespace' ? old : prefix + old + suffix
    const name = generated ? `${plain}-${contentHash(withMetadata(result, { name: plain }))}` : plain
    renamed.set(`${object.kind}/${old}`, name)
    return { object: withMetadata(result, { name }), generated: false }
  })
  return changed.map(({ object, generated }) => ({
    object: withReferences(withImages(withReplicas(object, kustomization), kustomization), renamed),
    generated,
  }))
}

const nameOf = (object: Mapping) => (isMapping(object.metadata) ? String(object.metadata.name ?? '') : '')

function withMetadata(object: Mapping, fields: Mapping): Mapping {
  return { ...object, metadata: { ...(isMapping(object.metadata) ? object.metadata : {}), ...fields } }
}

function merged(holder: Mapping, field: string, values: Mapping): Mapping {
  return { ...holder, [field]: { ...(isMapping(holder[field]) ? holder[field] : {}), ...values } }
}

function withLabels(object: Mapping, kustomization: Mapping): Mapping {
  let result = object
  if (isMapping(kustomization.commonLabels)) result = labelled(result, kustomization.commonLabels, true, true)
  for (const rule of Array.isArray(kustomization.labels) ? kustomization.labels : [])
    if (isMapping(rule) && isMapping(rule.pairs))
      result = labelled(result, rule.pairs, rule.includeSelectors === true, rule.includeTemplates === true)
  if (!isMapping(kustomization.commonAnnotations)) return result
  const metadata = isMapping(result.metadata) ? result.metadata : {}
  return { ...result, metadata: merged(metadata, 'annotations', kustomization.commonAnnotations) }
}

/** A selector of the old form: labels and nothing else. */
const isFlat = (selector: Mapping) => Object.values(selector).every((value) => typeof value === 'string')

/** Selectors and pod templates follow where the rule says so; a Service without a selector gets none. */
function labelled(object: Mapping, pairs: Mapping, selectors: boolean, templates: boolean): Mapping {
  const metadata = isMapping(object.metadata) ? object.metadata : {}
  const result = { ...object, metadata: merged(metadata, 'labels', pairs) }
  if (!isMapping(object.spec)) return result
  let spec: Mapping = object.spec
  if (selectors && isMapping(spec.selector) && isFlat(spec.selector)) spec = merged(spec, 'selector', pairs)
  if (selectors && isMapping(spec.selector) && isMapping(spec.selector.matchLabels))
    spec = { ...spec, selector: merged(spec.selector, 'matchLabels', pairs) }
  if ((selectors || templates) && isMapping(spec.template)) {
    const below = isMapping(spec.template.metadata) ? spec.template.metadata : {}
    spec = { ...spec, template: { ...spec.template, metadata: merged(below, 'labels', pairs) } }
  }
  return { ...result, spec }
}

function withReplicas(object: Mapping, kustomization: Mapping): Mapping {
  const rules = Array.isArray(kustomization.replicas) ? kustomization.replicas : []
  const rule = rules.find((r) => isMapping(r) && nameOf(object).includes(String(r.name)))
  if (
    !isMapping(rule) ||
    !isMapping(object.spec) ||
    !['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'].includes(String(object.kind))
  )
    return object
  return { ...object, spec: { ...object.spec, replicas: rule.count ?? 1 } }
}

function withImages(object: Mapping, kustomization: Mapping): Mapping {
  const rules = (Array.isArray(kustomization.images) ? kustomization.images : []).filter(isMapping)
  if (rules.length === 0) return object
  return mapStrings(object, 'image', (image) => {
    const match = /^([^@]+?)(?::([^:/@]+))?(@.*)?$/.exec(image)
    const rule = rules.find((r) => r.name === match?.[1])
    if (!match || !rule) return image
    const tag = rule.newTag === undefined ? match[2] : String(rule.newTag)
    const digest = rule.digest === undefined ? match[3] : `@${rule.digest}`
    return `${rule.newName ?? match[1]}${digest ?? (tag === undefined ? '' : `:${tag}`)}`
  }) as Mapping
}

/** Changes every string under a key of that name. */
function mapStrings(value: Json, key: string, change: (text: string) => string): Json {
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, key, change))
  if (!isMapping(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([k, v]) => [
      k,
      k === key && typeof v === 'string' ? change(v) : mapStrings(v, key, change),
    ]),
  )
}

const REFERENCES: { readonly [field: string]: readonly [kind: string, nameField: string] } = {
  configMapRef: ['ConfigMap', 'name'],
  configMapKeyRef: ['ConfigMap', 'name'],
  configMap: ['ConfigMap', 'name'],
  secretRef: ['Secret', 'name'],
  secretKeyRef: ['Secret', 'name'],
  secret: ['Secret', 'secretName'],
  service: ['Service', 'name'],
}

/** References to renamed objects follow them. */
function withReferences(object: Mapping, renamed: ReadonlyMap<string, string>): Mapping {
  const follow = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(follow)
    if (!isMapping(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        const [kind, field] = REFERENCES[key] ?? []
        if (key === 'serviceAccountName' && typeof item === 'string')
          return [key, renamed.get(`ServiceAccount/${item}`) ?? item]
        if (kind === undefined || field === undefined || !isMapping(item)) return [key, follow(item)]
        const name = renamed.get(`${kind}/${item[field]}`)
        return [key, name === undefined ? item : { ...item, [field]: name }]
      }),
    )
  }
  return isMapping(object.spec) ? { ...object, spec: follow(object.spec) } : object
}

const LETTERS: { readonly [digit: string]: string } = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' }

/** Ten letters that change with the content (upstream: kustomize/api/hasher). */
function contentHash(object: Mapping): string {
  const { data = {}, kind = '', type } = object
  const encoded = goJson({ data, kind, name: nameOf(object), ...(type !== undefined && { type }) })
  const hex = createHash('sha256').update(encoded).digest('hex').slice(0, 10)
  return hex.replace(/[013ae]/g, (c) => LETTERS[c] ?? c)
}
