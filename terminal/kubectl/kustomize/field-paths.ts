/** Places in objects: `spec/template/metadata/labels`, where a list stands for each of its elements. */
import type { Json } from '../yaml/parse.ts'
import { isMapping, type Mapping } from './values.ts'

export interface FieldSpec {
  readonly path: string
  readonly kinds?: readonly string[]
  /** Make what is missing on the way. */
  readonly create?: boolean
}

/** The object with `change` applied to what is at the path; missing places are made only with `create`. */
export function changeAt(
  object: Mapping,
  { path, create = false }: FieldSpec,
  change: (value: Json | undefined) => Json | undefined,
): Mapping {
  return step(object, path.split('/'), create, change) as Mapping
}

function step(
  value: Json | undefined,
  [field, ...rest]: readonly string[],
  create: boolean,
  change: (value: Json | undefined) => Json | undefined,
): Json | undefined {
  if (field === undefined) return value === undefined && !create ? undefined : change(value)
  if (Array.isArray(value)) return value.map((item) => step(item, [field, ...rest], create, change) ?? item)
  if (value !== undefined && value !== null && !isMapping(value)) return value
  const holder = isMapping(value) ? value : undefined
  if (holder === undefined && !create) return value
  const below = step(holder?.[field], rest, create, change)
  return below === undefined ? (holder ?? value) : { ...holder, [field]: below }
}

const WORKLOADS = ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'ReplicationController']
const SETS = ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet']

export const METADATA_LABELS: readonly FieldSpec[] = [{ path: 'metadata/labels', create: true }]
export const TEMPLATE_LABELS: readonly FieldSpec[] = [
  { path: 'spec/template/metadata/labels', kinds: [...WORKLOADS, 'Job'], create: true },
  { path: 'spec/jobTemplate/metadata/labels', kinds: ['CronJob'], create: true },
  { path: 'spec/jobTemplate/spec/template/metadata/labels', kinds: ['CronJob'], create: true },
  { path: 'spec/volumeClaimTemplates/metadata/labels', kinds: ['StatefulSet'], create: true },
]

const affinity = (which: string) =>
  [
    'preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm',
    'requiredDuringSchedulingIgnoredDuringExecution',
  ].map(
    (when): FieldSpec => ({
      path: `spec/template/spec/affinity/${which}/${when}/labelSelector/matchLabels`,
      kinds: SETS,
    }),
  )

/** Upstream: kustomize/api/internal/konfig/builtinpluginconsts/commonlabels.go. */
export const SELECTORS: readonly FieldSpec[] = [
  { path: 'spec/selector', kinds: ['Service', 'ReplicationController'], create: true },
  { path: 'spec/selector/matchLabels', kinds: SETS, create: true },
  { path: 'spec/selector/matchLabels', kinds: ['Job', 'PodDisruptionBudget'] },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', kinds: ['CronJob'] },
  ...affinity('podAffinity'),
  ...affinity('podAntiAffinity'),
  { path: 'spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels', kinds: SETS },
  { path: 'spec/podSelector/matchLabels', kinds: ['NetworkPolicy'] },
  { path: 'spec/ingress/from/podSelector/matchLabels', kinds: ['NetworkPolicy'] },
  { path: 'spec/egress/to/podSelector/matchLabels', kinds: ['NetworkPolicy'] },
]

export const ANNOTATIONS: readonly FieldSpec[] = [
  { path: 'metadata/annotations', create: true },
  { path: 'spec/template/metadata/annotations', kinds: [...WORKLOADS, 'Job'], create: true },
  { path: 'spec/jobTemplate/metadata/annotations', kinds: ['CronJob'], create: true },
  { path: 'spec/jobTemplate/spec/template/metadata/annotations', kinds: ['CronJob'], create: true },
]
