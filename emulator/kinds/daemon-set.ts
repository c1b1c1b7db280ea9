import { ageColumn } from '../api/age.ts'
import { jsonEqual } from '../api/json.ts'
import { defineKind } from '../api/kind.ts'
import type { DaemonSet, DaemonSetSpec } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeDaemonSet } from './daemon-set/describe.ts'
import { validateDaemonSet } from './daemon-set/validate.ts'
import { formatLabels } from './format/labels.ts'
import { defaultPodTemplate } from './pod/defaults.ts'
import { templateWarnings } from './pod/warnings.ts'
import { templateColumns } from './workload/columns.ts'

export const daemonSet = defineKind<DaemonSet>({
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  plural: 'daemonsets',
  singular: 'daemonset',
  shortNames: ['ds'],
  categories: ['all'],
  scope: 'Namespaced',
  subresources: ['status'],
  schema: 'DaemonSet',
  default: defaultDaemonSet,
  strategy: {
    prepareForCreate: (object) => ({
      ...withTemplateGeneration(object, 1),
      status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
    }),
    prepareForUpdate(object, old) {
      const before = Number(old.metadata?.annotations?.[templateGeneration] ?? 1)
      return withTemplateGeneration(object, jsonEqual(object.spec?.template, old.spec?.template) ? before : before + 1)
    },
  },
  validate: validateDaemonSet,
  warnings: ({ spec }) => templateWarnings(spec?.template),
  columns: [
    nameColumn,
    { name: 'Desired', type: 'integer', cell: ({ status }) => status?.desiredNumberScheduled ?? 0 },
    { name: 'Current', type: 'integer', cell: ({ status }) => status?.currentNumberScheduled ?? 0 },
    { name: 'Ready', type: 'integer', cell: ({ status }) => status?.numberReady ?? 0 },
    { name: 'Up-to-date', type: 'integer', cell: ({ status }) => status?.updatedNumberScheduled ?? 0 },
    { name: 'Available', type: 'integer', cell: ({ status }) => status?.numberAvailable ?? 0 },
    { name: 'Node Selector', cell: ({ spec }) => formatLabels(spec?.template.spec?.nodeSelector) },
    ageColumn,
    ...templateColumns,
  ],
  describe: describeDaemonSet,
})

const templateGeneration = 'deprecated.daemonset.template.generation'

/** The field of the old API versions lives on as an annotation (upstream: pkg/apis/apps/v1/conversion.go). */
function withTemplateGeneration(object: DaemonSet, generation: number): DaemonSet {
  const annotations = { ...object.metadata?.annotations, [templateGeneration]: String(generation) }
  return { ...object, metadata: { ...object.metadata, annotations } }
}

/** What a missing spec stands for; validation then names what it lacks. */
const EMPTY_SPEC = {} as DaemonSetSpec

/** Upstream: pkg/apis/apps/v1/defaults.go SetDefaults_DaemonSet. */
function defaultDaemonSet(object: DaemonSet): DaemonSet {
  const spec = object.spec ?? EMPTY_SPEC
  const type = spec.updateStrategy?.type || 'RollingUpdate'
  const rollingUpdate = { maxSurge: 0, maxUnavailable: 1, ...spec.updateStrategy?.rollingUpdate }
  return {
    ...object,
    spec: {
      ...spec,
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      template: defaultPodTemplate(spec.template ?? {}),
      updateStrategy: type === 'RollingUpdate' ? { rollingUpdate, type } : { ...spec.updateStrategy, type },
    },
  }
}
