/** Strategic merge patches of built-in kinds without a server: lists merge by the keys that Kubernetes' types name. */
import type { Json } from '../yaml/parse.ts'
import { isMapping, type Mapping, mappingsOf } from './values.ts'

/** Merge keys by field; `ports` differ between containers and Services, told by what an element has. */
const MERGE_KEYS: { readonly [field: string]: readonly string[] } = {
  conditions: ['type'],
  containers: ['name'],
  env: ['name'],
  ephemeralContainers: ['name'],
  hostAliases: ['ip'],
  imagePullSecrets: ['name'],
  initContainers: ['name'],
  ports: ['containerPort', 'port'],
  secrets: ['name'],
  topologySpreadConstraints: ['topologyKey'],
  volumeDevices: ['devicePath'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
}

interface Rules {
  readonly builtIn: boolean
  /** kustomize puts what a patch names before the rest; an API server and `patch --local` leave it in its place. */
  readonly namedFirst: boolean
}

/** Undefined where the patch says that the object goes. */
export function strategicMerge(object: Mapping, patch: Mapping, namedFirst = true): Mapping | undefined {
  if (patch.$patch === 'delete') return undefined
  return mergeMaps(object, patch, { builtIn: isBuiltIn(String(object.apiVersion ?? '')), namedFirst })
}

function isBuiltIn(apiVersion: string): boolean {
  const [group = '', version] = apiVersion.split('/')
  return version === undefined || !group.includes('.') || group.endsWith('.k8s.io')
}

function mergeMaps(target: Mapping, patch: Mapping, rules: Rules): Mapping {
  const { $patch: directive, $retainKeys: retained, ...fields } = patch
  if (directive === 'replace') return fields
  const kept = Array.isArray(retained)
    ? Object.fromEntries(Object.entries(target).filter(([key]) => retained.includes(key)))
    : target
  const result: Mapping = { ...kept }
  for (const [key, value] of Object.entries(fields)) {
    if (key.startsWith('$setElementOrder/') || key.startsWith('$deleteFromPrimitiveList/')) continue
    const merged = mergeField(key, result[key], value, rules)
    if (merged === undefined) delete result[key]
    else result[key] = merged
  }
  return result
}

function mergeField(key: string, old: Json | undefined, value: Json, rules: Rules): Json | undefined {
  if (value === null) return undefined
  if (isMapping(value)) {
    if (value.$patch === 'delete') return undefined
    return mergeMaps(isMapping(old) ? old : {}, value, rules)
  }
  const mergeKey = rules.builtIn && Array.isArray(value) ? mergeKeyOf(key, value) : undefined
  if (mergeKey === undefined || !Array.isArray(value)) return value
  return mergeLists(Array.isArray(old) ? old : [], value, mergeKey, rules)
}

function mergeKeyOf(field: string, items: readonly Json[]): string | undefined {
  const keys = MERGE_KEYS[field]
  if (!keys || !items.every(isMapping)) return undefined
  return keys.find((key) => items.some((item) => isMapping(item) && item[key] !== undefined)) ?? keys[0]
}

function mergeLists(old: readonly Json[], items: readonly Json[], key: string, rules: Rules): Json {
  if (items.some((item) => isMapping(item) && item.$patch === 'replace'))
    return items.filter((item) => !isMapping(item) || item.$patch !== 'replace')
  if (!rules.namedFirst) return mergedInPlace(old, items, key, rules)
  const rest = [...old]
  const named: Json[] = []
  for (const item of mappingsOf([...items])) {
    const at = rest.findIndex((other) => isMapping(other) && other[key] === item[key])
    const [other] = at < 0 ? [] : rest.splice(at, 1)
    if (item.$patch === 'delete') continue
    named.push(isMapping(other) ? mergeMaps(other, item, rules) : item)
  }
  // kustomize puts what a patch names before the rest.
  return [...named, ...rest]
}

function mergedInPlace(old: readonly Json[], items: readonly Json[], key: string, rules: Rules): Json {
  const result = [...old]
  for (const item of mappingsOf([...items])) {
    const at = result.findIndex((other) => isMapping(other) && other[key] === item[key])
    const other = result[at]
    if (item.$patch === 'delete') result.splice(at < 0 ? result.length : at, 1)
    else if (isMapping(other)) result[at] = mergeMaps(other, item, rules)
    else result.push(item)
  }
  return result
}
