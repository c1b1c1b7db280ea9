import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { PodTemplateSpec, ReplicationController } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { formatLabels } from './format/labels.ts'
import { defaultPodTemplate } from './pod/defaults.ts'
import { nameWarnings, templateWarnings } from './pod/warnings.ts'
import { describeReplicationController } from './replication-controller/describe.ts'
import { validateReplicationController } from './replication-controller/validate.ts'

export const replicationController = defineKind<ReplicationController>({
  group: '',
  version: 'v1',
  kind: 'ReplicationController',
  plural: 'replicationcontrollers',
  singular: 'replicationcontroller',
  shortNames: ['rc'],
  categories: ['all'],
  scope: 'Namespaced',
  subresources: ['scale', 'status'],
  schema: 'ReplicationController',
  default: defaultReplicationController,
  strategy: { prepareForCreate: (object) => ({ ...object, status: { replicas: 0 } }) },
  validate: validateReplicationController,
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
    { name: 'Containers', wide: true, cell: ({ spec }) => containers(spec?.template, ({ name }) => name) },
    { name: 'Images', wide: true, cell: ({ spec }) => containers(spec?.template, ({ image }) => image ?? '') },
    { name: 'Selector', wide: true, cell: ({ spec }) => formatLabels(spec?.selector) },
  ],
  selectableFields: { 'status.replicas': ({ status }) => String(status?.replicas ?? 0) },
  scale: {
    replicas: ({ spec }) => spec?.replicas ?? 0,
    withReplicas: (object, replicas) => ({ ...object, spec: { ...object.spec, replicas } }),
    statusReplicas: ({ status }) => status?.replicas ?? 0,
    selector: ({ spec }) => (spec?.selector ? formatLabels(spec.selector) : ''),
  },
  describe: describeReplicationController,
})

type Containers = NonNullable<PodTemplateSpec['spec']>['containers']

const containers = (template: PodTemplateSpec | undefined, text: (container: Containers[number]) => string): string =>
  (template?.spec?.containers ?? []).map(text).join(',')

/** A controller without labels or selector takes its template's (upstream: pkg/apis/core/v1/defaults.go SetDefaults_ReplicationController). */
function defaultReplicationController(object: ReplicationController): ReplicationController {
  const { spec = {}, metadata } = object
  const template = spec.template && defaultPodTemplate(spec.template)
  const labels = template?.metadata?.labels
  const selector = Object.keys(spec.selector ?? {}).length > 0 ? spec.selector : labels
  const ownLabels = Object.keys(metadata?.labels ?? {}).length > 0 ? metadata?.labels : labels
  return {
    ...object,
    metadata: { ...metadata, ...(ownLabels && { labels: ownLabels }) },
    spec: { ...spec, replicas: spec.replicas ?? 1, ...(selector && { selector }), ...(template && { template }) },
  }
}
