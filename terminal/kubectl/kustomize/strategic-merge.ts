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

/** Undefined where the patch says that the object goes. */
export function strategicMerge(object: Mapping, patch: Mapping): Mapping | undefined {
  if (patch.$patch === 'delete') return undefined
  const builtIn = isBuiltIn(String(object.apiVersion ?? ''))
  return mergeMaps(object, patch, builtIn)
}

function isBuiltIn(apiVersion: string): boolean {
  const [group = '', version] = apiVersion.split('/')
  return version === undefined || !group.includes('.') || group.endsWith('.k8s.io')
}

function mergeMaps(target: Mapping, patch: Mapping, builtIn: boolean): Mapping {
  const { $patch: directive, $retainKeys: retained, ...fields } = patch
  if (directive === 'replace') return fields
  const kept = Array.isArray(retained)
    ? Object.fromEntries(Object.entries(target).filter(([key]) => retained.includes(key)))
    : target
  const result: Mapping = { ...kept }
  for (const [key, value] of Object.entries(fields)) {
    if (key.startsWith('$setElementOrder/') || key.startsWith('$deleteFromPrimitiveList/')) continue
    const merged = mergeField(key, result[key], value, builtIn)
    if (merged === undefined) delete result[key]
    else result[key] = merged
  }
  return result
}

function mergeField(key: string, old: Json | undefined, value: Json, builtIn: boolean): Json | undefined {
  if (value === null) return undefined
  if (isMapping(value)) {
    if (value.$patch === 'delete') return undefined
    return mergeMaps(isMapping(old) ? old : {}, value, builtIn)
  }
  const mergeKey = builtIn && Array.isArray(value) ? mergeKeyOf(key, value) : undefined
  if (mergeKey === undefined || !Array.isArray(value)) return value
  return mergeLists(Array.isArray(old) ? old : [], value, mergeKey, builtIn)
}

function mergeKeyOf(field: string, items: readonly Json[]): string | undefined {
  const keys = MERGE_KEYS[field]
  if (!keys || !items.every(isMapping)) return undefined
  return keys.find((key) => items.some((item) => isMapping(item) && item[key] !== undefined)) ?? keys[0]
}

function mergeLists(old: readonly Json[], items: readonly Json[], key: string, builtIn: boolean): Json {
  if (items.some((item) => isMapping(item) && item.$patch === 'replace'))
    return items.filter((item) => !isMapping(item) || item.$patch !== 'replace')
  const rest = [...old]
  const named: Json[] = []
  for (const item of mappingsOf([...items])) {
    const at = rest.findIndex((other) => isMapping(other) && other[key] === item[key])
    const [other] = at < 0 ? [] : rest.splice(at, 1)
    if (item.$patch === 'delete') continue
    named.push(isMapping(other) ? mergeMaps(other, item, builtIn) : item)
  }
  // kustomize puts what a patch names before the rest.
  return [...named, ...rest]
}
