// Turns the models of @kubernetes/client-node (generated from Kubernetes release-1.36) into
// emulator/generated/: types.ts (the objects as they travel in JSON) and schema.js (fields, formats,
// documentation), which decoding, `kubectl explain` and OpenAPI read. Run by scripts/setup.mjs.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { enumValues } from './enum-values.mjs'
import { completeDocumentation, scalarDocumentation } from './field-documentation.mjs'
import { definitionNames, fieldAdditions, isAtomic } from './schema-additions.mjs'
import { omitsZero } from './zero-values.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const models = join(root, 'node_modules/@kubernetes/client-node/dist/gen/models')
const out = join(root, 'emulator/generated')

/** Models that no emulated kind refers to are left out, so the schema stays small. */
const ROOTS = [
  'V1Pod',
  'V1Service',
  'V1Endpoints',
  'V1EndpointSlice',
  'V1Node',
  'V1Namespace',
  'V1ConfigMap',
  'V1Secret',
  'V1ServiceAccount',
  'CoreV1Event',
  'V1ReplicationController',
  'V1PersistentVolume',
  'V1PersistentVolumeClaim',
  'V1ResourceQuota',
  'V1LimitRange',
  'V1Binding',
  'V1PodTemplate',
  'V1ComponentStatus',
  'V1Deployment',
  'V1ReplicaSet',
  'V1DaemonSet',
  'V1StatefulSet',
  'V1ControllerRevision',
  'V1Job',
  'V1CronJob',
  'V1Ingress',
  'V1IngressClass',
  'V1NetworkPolicy',
  'V1IPAddress',
  'V1ServiceCIDR',
  'V1Role',
  'V1ClusterRole',
  'V1RoleBinding',
  'V1ClusterRoleBinding',
  'V2HorizontalPodAutoscaler',
  'V1PodDisruptionBudget',
  'V1PriorityClass',
  'V1StorageClass',
  'V1CSIDriver',
  'V1CSINode',
  'V1CSIStorageCapacity',
  'V1VolumeAttachment',
  'V1VolumeAttributesClass',
  'V1RuntimeClass',
  'V1CertificateSigningRequest',
  'V1MutatingWebhookConfiguration',
  'V1ValidatingWebhookConfiguration',
  'V1ValidatingAdmissionPolicy',
  'V1ValidatingAdmissionPolicyBinding',
  'V1MutatingAdmissionPolicy',
  'V1MutatingAdmissionPolicyBinding',
  'V1FlowSchema',
  'V1PriorityLevelConfiguration',
  'ResourceV1ResourceClaim',
  'V1ResourceClaimTemplate',
  'V1ResourceSlice',
  'V1DeviceClass',
  'V1Lease',
  'V1CustomResourceDefinition',
  'V1APIService',
  'V1Status',
  'V1Eviction',
  'V1Scale',
  'V1DeleteOptions',
  'V1SelfSubjectAccessReview',
  'V1SelfSubjectRulesReview',
  'V1SelfSubjectReview',
  'V1SubjectAccessReview',
  'V1LocalSubjectAccessReview',
  'V1TokenReview',
  'EventsV1Event',
  'V1HorizontalPodAutoscaler',
  'V1APIResourceList',
  'V1APIGroupList',
  'AuthenticationV1TokenRequest',
]
const SCALARS = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  Date: 'string',
  V1MicroTime: 'string',
  IntOrString: 'number | string',
  any: 'JsonValue',
  object: '{ [key: string]: JsonValue }',
}

/** "Array<V1X>" and "{ [key: string]: V1X; }" as { container, of }. */
function parseType(type) {
  const array = /^Array<(.*)>$/.exec(type)
  if (array) return { container: 'array', of: parseType(array[1]) }
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type)
  if (map) return { container: 'map', of: parseType(map[1]) }
  return { of: type }
}
const leaf = (t) => (typeof t.of === 'string' ? t.of : leaf(t.of))
/** `V1Pod` is `Pod`; names of other versions and groups stay whole (`CoreV1Event`, `V2HorizontalPodAutoscaler`). */
const typeName = (model) => model.replace(/^V1(?=[A-Z])/, '')
const tsType = (t) => {
  if (t.container === 'array') return `readonly (${tsType(t.of)})[]`
  if (t.container === 'map') return `{ readonly [key: string]: ${tsType(t.of)} }`
  return SCALARS[t.of] ?? typeName(t.of)
}

function documentation(source) {
  const clean = (text) =>
    text
      .replace(/^\s*\*? ?/gm, '')
      .replace(/\\'/g, "'")
      .replace(/\\"/g, '"')
      .replace(/\*\\\//g, '*/')
      .trim()
  const about = /\/\*\*\n((?:\*[^\n]*\n|\s\*[^\n]*\n)*?)\s?\*\/\nexport declare class/.exec(source)
  const fields = {}
  for (const m of source.matchAll(/(?:\/\*\*\n((?:(?!\*\/)[\s\S])*)\*\/\n\s+)?'([^']+)'(\?)?: [^;]+;/g))
    fields[m[2]] = { doc: clean(m[1] ?? ''), required: !m[3] }
  return { doc: about ? clean(about[1]) : '', fields }
}

const available = new Set(
  readdirSync(models)
    .filter((f) => f.endsWith('.d.ts'))
    .map((f) => f.slice(0, -5)),
)
const schema = {}
const queue = ROOTS.filter((name) => available.has(name))
for (const name of queue) {
  if (schema[typeName(name)]) continue
  const source = readFileSync(join(models, `${name}.d.ts`), 'utf8')
  const doc = documentation(source)
  const model = (await import(pathToFileURL(join(models, `${name}.js`)).href))[name]
  const fields = {}
  for (const { name: field, baseName, type, format } of model.getAttributeTypeMap()) {
    const parsed = parseType(type)
    const scalar = SCALARS[leaf(parsed)]
    if (!scalar) queue.push(leaf(parsed))
    fields[baseName] = {
      type: leaf(parsed) === 'V1MicroTime' ? 'Date' : scalar ? leaf(parsed) : typeName(leaf(parsed)),
      ...(parsed.container && { container: parsed.container }),
      ...(typeof parsed.of !== 'string' && parsed.of.container && { inner: parsed.of.container }),
      ...(format && { format: leaf(parsed) === 'V1MicroTime' ? 'micro-time' : format }),
      ...(doc.fields[field]?.required && { required: true }),
      ...(omitsZero(typeName(name), baseName, {
        type: leaf(parsed),
        container: parsed.container,
        required: doc.fields[field]?.required,
      }) && { omitsZero: true }),
      doc: doc.fields[field]?.doc ?? '',
      ...fieldAdditions(typeName(name), baseName),
      ts: tsType(parsed),
    }
  }
  schema[typeName(name)] = { doc: doc.doc, ...(isAtomic(typeName(name)) && { atomic: true }), fields }
}

for (const [name, definition] of Object.entries(definitionNames(schema))) schema[name].definition = definition
const kubernetesTypes = join(root, 'node_modules/kubernetes-types')
const scalars = scalarDocumentation(schema, kubernetesTypes)
completeDocumentation(schema, kubernetesTypes)
for (const [model, { fields }] of Object.entries(schema))
  for (const [name, field] of Object.entries(fields)) field.doc += enumValues(`${model}.${name}`, field.enum)

const key = (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`)
const header =
  '// Generated by scripts/generate-schema.mjs from @kubernetes/client-node (Kubernetes release-1.36). Do not edit.\n'
const types = Object.entries(schema)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(
    ([name, { fields }]) =>
      `export interface ${name} {\n${Object.entries(fields)
        .map(([f, s]) => `  readonly ${key(f)}${s.required ? '' : '?'}: ${s.ts}`)
        .join('\n')}\n}\n`,
  )
mkdirSync(out, { recursive: true })
writeFileSync(
  join(out, 'types.ts'),
  `${header}export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }\n\n${types.join('\n')}`,
)
for (const { fields } of Object.values(schema)) for (const f of Object.values(fields)) delete f.ts
writeFileSync(
  join(out, 'schema.js'),
  `${header}export const models = JSON.parse(${JSON.stringify(JSON.stringify(schema))})\nexport const scalars = ${JSON.stringify(scalars)}\n`,
)
writeFileSync(
  join(out, 'schema.d.ts'),
  `${header}/** One field: a scalar type name or a model name, perhaps in an array or a map. */
export interface FieldSchema { readonly type: string; readonly container?: 'array' | 'map'; readonly inner?: 'array' | 'map'; readonly format?: string; readonly required?: boolean; readonly omitsZero?: boolean; readonly doc: string; readonly enum?: readonly string[]; readonly default?: string; readonly listType?: 'map' | 'set' | 'atomic'; readonly listMapKeys?: readonly string[]; readonly mapType?: 'atomic'; readonly patchStrategy?: string; readonly patchMergeKey?: string }
/** The definition is OpenAPI's name; an atomic structure is owned as one value. */
export interface ModelSchema { readonly doc: string; readonly definition: string; readonly atomic?: boolean; readonly fields: { readonly [name: string]: FieldSchema } }
/** Every model by its type name ("Pod", "ServicePort"). */
export declare const models: { readonly [name: string]: ModelSchema }
/** Documentation of the scalars that OpenAPI names: Time, MicroTime, Quantity, IntOrString. */
export declare const scalars: { readonly [name: string]: string }
`,
)
console.log(`${Object.keys(schema).length} models`)
