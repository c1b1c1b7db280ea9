import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { PersistentVolumeClaim, StatefulSet, StatefulSetSpec } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { labelSelectorText } from './format/labels.ts'
import { defaultClaimSpec } from './persistent-volume-claim/defaults.ts'
import { defaultPodTemplate } from './pod/defaults.ts'
import { templateWarnings } from './pod/warnings.ts'
import { describeStatefulSet } from './stateful-set/describe.ts'
import { validateStatefulSet } from './stateful-set/validate.ts'
import { templateColumns } from './workload/columns.ts'

export const statefulSet = defineKind<StatefulSet>({
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  plural: 'statefulsets',
  singular: 'statefulset',
  shortNames: ['sts'],
  categories: ['all'],
  scope: 'Namespaced',
  subresources: ['scale', 'status'],
  schema: 'StatefulSet',
  default: defaultStatefulSet,
  strategy: { prepareForCreate: (object) => ({ ...object, status: { availableReplicas: 0, replicas: 0 } }) },
  validate: validateStatefulSet,
  warnings: ({ spec }) => templateWarnings(spec?.template),
  columns: [
    nameColumn,
    { name: 'Ready', cell: ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}` },
    ageColumn,
    ...templateColumns.filter(({ name }) => name !== 'Selector'),
  ],
  scale: {
    replicas: ({ spec }) => spec?.replicas ?? 0,
    withReplicas: (object, replicas) => (object.spec ? { ...object, spec: { ...object.spec, replicas } } : object),
    statusReplicas: ({ status }) => status?.replicas ?? 0,
    selector: ({ spec }) => labelSelectorText(spec?.selector),
  },
  describe: describeStatefulSet,
})

/** What a missing spec stands for; validation then names what it lacks. */
const EMPTY_SPEC = {} as StatefulSetSpec

/** Upstream: pkg/apis/apps/v1/defaults.go SetDefaults_StatefulSet. */
function defaultStatefulSet(object: StatefulSet): StatefulSet {
  const spec = object.spec ?? EMPTY_SPEC
  const given = spec.updateStrategy
  const type = given?.type || 'RollingUpdate'
  const rolls = type === 'RollingUpdate' && (!given?.type || given.rollingUpdate !== undefined)
  const retention = spec.persistentVolumeClaimRetentionPolicy
  return {
    ...object,
    spec: {
      ...spec,
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted: retention?.whenDeleted || 'Retain',
        whenScaled: retention?.whenScaled || 'Retain',
      },
      podManagementPolicy: spec.podManagementPolicy || 'OrderedReady',
      replicas: spec.replicas ?? 1,
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      template: defaultPodTemplate(spec.template ?? {}),
      ...(spec.volumeClaimTemplates && { volumeClaimTemplates: spec.volumeClaimTemplates.map(defaultClaim) }),
      updateStrategy: rolls ? { rollingUpdate: { partition: 0, ...given?.rollingUpdate }, type } : { ...given, type },
    },
  }
}

/** A template of claims is kept as a claim is. */
const defaultClaim = (claim: PersistentVolumeClaim): PersistentVolumeClaim => ({
  ...claim,
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  spec: defaultClaimSpec(claim.spec ?? {}),
  status: { phase: 'Pending', ...claim.status },
})
