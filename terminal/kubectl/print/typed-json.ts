/** JSON of objects that kubectl built itself: Go's struct fields, in the order of their declaration. */
import type { JsonValue } from '../../../emulator/index.ts'
import { escapeHtml } from './go-json.ts'

/** Fields that such objects have, as their types declare them; what is missing here follows in alphabetical order. */
const ORDER = [
  'kind',
  'apiVersion',
  'metadata',
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'labels',
  'annotations',
  'spec',
  'status',
  'volumes',
  'initContainers',
  'containers',
  'image',
  'command',
  'args',
  'workingDir',
  'protocol',
  'appProtocol',
  'port',
  'targetPort',
  'nodePort',
  'containerPort',
  'ports',
  'envFrom',
  'env',
  'value',
  'resources',
  'imagePullPolicy',
  'securityContext',
  'stdin',
  'stdinOnce',
  'tty',
  'restartPolicy',
  'dnsPolicy',
  'replicas',
  'minAvailable',
  'selector',
  'template',
  'strategy',
  'clusterIP',
  'immutable',
  'data',
  'type',
  'sessionAffinity',
  'externalName',
  'globalDefault',
  'description',
  'disruptionsAllowed',
  'currentHealthy',
  'desiredHealthy',
]
const RANK: ReadonlyMap<string, number> = new Map(ORDER.map((key, i) => [key, i]))

export function typedJson(value: JsonValue, indentation = 4): string {
  return escapeHtml(JSON.stringify(ordered(value), null, indentation))
}

/** Keys that learners choose (labels, data) are sorted, as Go sorts a map's keys. */
const MAPS = new Set(['labels', 'annotations', 'data', 'matchLabels', 'selector'])

function ordered(value: JsonValue, isMap = false): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => ordered(item))
  if (typeof value !== 'object' || value === null) return value
  const rank = (key: string) => (isMap ? 0 : (RANK.get(key) ?? ORDER.length))
  const entries = Object.entries(value as { readonly [key: string]: JsonValue })
  const sorted = entries.toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([key, item]) => [key, ordered(item, MAPS.has(key))]))
}
