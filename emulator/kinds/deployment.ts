import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { Deployment, DeploymentSpec } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeDeployment } from './deployment/describe.ts'
import { validateDeployment } from './deployment/validate.ts'
import { labelSelectorText } from './format/labels.ts'
import { defaultPodTemplate } from './pod/defaults.ts'
import { nameWarnings, templateWarnings } from './pod/warnings.ts'
import { templateColumns } from './workload/columns.ts'

export const deployment = defineKind<Deployment>({
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  categories: ['all'],
  scope: 'Namespaced',
  subresources: ['scale', 'status'],
  schema: 'Deployment',
  default: defaultDeployment,
  strategy: { prepareForCreate: (object) => ({ ...object, status: {} }) },
  validate: validateDeployment,
  warnings: ({ metadata, spec }) => [
    ...nameWarnings('Pod names and hostnames', metadata?.name),
    ...templateWarnings(spec?.template),
  ],
  columns: [
    nameColumn,
    { name: 'Ready', cell: ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}` },
    { name: 'Up-to-date', type: 'string', cell: ({ status }) => status?.updatedReplicas ?? 0 },
    { name: 'Available', type: 'string', cell: ({ status }) => status?.availableReplicas ?? 0 },
    ageColumn,
    ...templateColumns,
  ],
  scale: {
    replicas: ({ spec }) => spec?.replicas ?? 0,
    withReplicas: (object, replicas) => (object.spec ? { ...object, spec: { ...object.spec, replicas } } : object),
    statusReplicas: ({ status }) => status?.replicas ?? 0,
    selector: ({ spec }) => labelSelectorText(spec?.selector),
  },
  describe: describeDeployment,
})

/** What a missing spec stands for; validation then names what it lacks. */
const EMPTY_SPEC = {} as DeploymentSpec

/** Upstream: pkg/apis/apps/v1/defaults.go SetDefaults_Deployment. */
function defaultDeployment(object: Deployment): Deployment {
  const spec = object.spec ?? EMPTY_SPEC
  const type = spec.strategy?.type || 'RollingUpdate'
  const rollingUpdate = { maxSurge: '25%', maxUnavailable: '25%', ...spec.strategy?.rollingUpdate }
  return {
    ...object,
    spec: {
      ...spec,
      progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
      replicas: spec.replicas ?? 1,
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      strategy: type === 'RollingUpdate' ? { ...spec.strategy, rollingUpdate, type } : { ...spec.strategy, type },
      template: defaultPodTemplate(spec.template ?? {}),
    },
  }
}
