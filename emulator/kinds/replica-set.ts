import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { ReplicaSet, ReplicaSetSpec } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { labelSelectorText } from './format/labels.ts'
import { defaultPodTemplate } from './pod/defaults.ts'
import { nameWarnings, templateWarnings } from './pod/warnings.ts'
import { describeReplicaSet } from './replica-set/describe.ts'
import { validateReplicaSet } from './replica-set/validate.ts'
import { templateColumns } from './workload/columns.ts'

export const replicaSet = defineKind<ReplicaSet>({
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  singular: 'replicaset',
  shortNames: ['rs'],
  categories: ['all'],
  scope: 'Namespaced',
  subresources: ['scale', 'status'],
  schema: 'ReplicaSet',
  default: defaultReplicaSet,
  strategy: { prepareForCreate: (object) => ({ ...object, status: { replicas: 0 } }) },
  validate: validateReplicaSet,
  warnings: ({ metadata, spec }) => [
    ...nameWarnings('Pod names and hostnames', metadata?.name),
    ...templateWarnings(spec?.template),
  ],
  columns: [
    nameColumn,
    { name: 'Desired', type: 'integer', cell: ({ spec }) => spec?.replicas ?? 0 },
    { name: 'Current', type: 'integer', cell: ({ status }) => status?.replicas ?? 0 },
    { name: 'Ready', type: 'integer', cell: ({ status }) => status?.readyReplicas ?? 0 },
    ageColumn,
    ...templateColumns,
  ],
  selectableFields: { 'status.replicas': ({ status }) => String(status?.replicas ?? 0) },
  scale: {
    replicas: ({ spec }) => spec?.replicas ?? 0,
    withReplicas: (object, replicas) => (object.spec ? { ...object, spec: { ...object.spec, replicas } } : object),
    statusReplicas: ({ status }) => status?.replicas ?? 0,
    selector: ({ spec }) => labelSelectorText(spec?.selector),
  },
  describe: describeReplicaSet,
})

/** What a missing spec stands for; validation then names what it lacks. */
const EMPTY_SPEC = {} as ReplicaSetSpec

/** Upstream: pkg/apis/apps/v1/defaults.go SetDefaults_ReplicaSet. */
function defaultReplicaSet(object: ReplicaSet): ReplicaSet {
  const spec = object.spec ?? EMPTY_SPEC
  const template = defaultPodTemplate(spec.template ?? {})
  return { ...object, spec: { ...spec, replicas: spec.replicas ?? 1, template } }
}
