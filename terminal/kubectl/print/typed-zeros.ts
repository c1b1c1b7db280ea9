/** Fields that Go's types write even where nobody set them (upstream: k8s.io/api, structs without `omitempty`). */
import type { JsonValue, KubeObject } from '../../../emulator/index.ts'
import { asJson } from './output.ts'

type Fields = { readonly [field: string]: JsonValue }

const ZEROS: { readonly [kind: string]: Fields } = {
  DaemonSet: {
    spec: { updateStrategy: {} },
    status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
  },
  Deployment: { spec: { strategy: {} }, status: {} },
  ReplicaSet: { status: { replicas: 0 } },
  ReplicationController: { status: { replicas: 0 } },
  Service: { status: { loadBalancer: {} } },
  StatefulSet: { spec: { serviceName: '', updateStrategy: {} }, status: { availableReplicas: 0, replicas: 0 } },
  CronJob: { status: {} },
  Job: { status: {} },
  Pod: { status: {} },
}
/** Zeros of the elements of lists, by the list's name. */
const ELEMENTS: { readonly [field: string]: { readonly when: string; readonly zero: Fields } } = {
  containers: { when: 'name', zero: { resources: {} } },
  initContainers: { when: 'name', zero: { resources: {} } },
  ports: { when: 'port', zero: { targetPort: 0 } },
}

/** The object as a kubectl prints it that has read it into a type of its own. */
export function typedZeros(object: KubeObject): KubeObject {
  return inElements(filled(asJson(object) as Fields, ZEROS[object.kind ?? ''] ?? {})) as KubeObject
}

const isFields = (value: JsonValue | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function filled(fields: Fields, zeros: Fields): Fields {
  const result: { [field: string]: JsonValue } = { ...fields }
  for (const [name, zero] of Object.entries(zeros)) {
    const old = result[name]
    if (old === undefined) result[name] = zero
    else if (isFields(old) && isFields(zero)) result[name] = filled(old, zero)
  }
  return result
}

function inElements(value: JsonValue): JsonValue {
  if (!isFields(value)) return value
  const changed = Object.entries(value).map(([name, field]): [string, JsonValue] => {
    const { when, zero } = ELEMENTS[name] ?? {}
    if (!Array.isArray(field) || when === undefined || zero === undefined) return [name, inElements(field)]
    return [name, field.map((item: JsonValue) => (isFields(item) && when in item ? filled(item, zero) : item))]
  })
  return Object.fromEntries(changed)
}
