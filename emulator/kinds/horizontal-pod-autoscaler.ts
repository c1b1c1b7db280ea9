import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { V2HorizontalPodAutoscaler } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { defaultHorizontalPodAutoscaler } from './horizontal-pod-autoscaler/defaults.ts'
import { describeHorizontalPodAutoscaler } from './horizontal-pod-autoscaler/describe.ts'
import { metricsText } from './horizontal-pod-autoscaler/metrics-text.ts'
import { validateHorizontalPodAutoscaler } from './horizontal-pod-autoscaler/validate.ts'

export const horizontalPodAutoscaler = defineKind<V2HorizontalPodAutoscaler>({
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  singular: 'horizontalpodautoscaler',
  shortNames: ['hpa'],
  categories: ['all'],
  scope: 'Namespaced',
  subresources: ['status'],
  schema: 'V2HorizontalPodAutoscaler',
  default: defaultHorizontalPodAutoscaler,
  validate: validateHorizontalPodAutoscaler,
  strategy: {
    prepareForCreate: (object) => ({ ...object, status: { desiredReplicas: 0 } }),
    bumpsGeneration: () => false,
  },
  columns: [
    nameColumn,
    { name: 'Reference', cell: ({ spec }) => `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}` },
    { name: 'Targets', cell: ({ spec, status }) => metricsText(spec.metrics ?? [], status?.currentMetrics ?? []) },
    { name: 'MinPods', cell: ({ spec }) => String(spec.minReplicas ?? '<unset>') },
    { name: 'MaxPods', type: 'integer', cell: ({ spec }) => spec.maxReplicas },
    { name: 'Replicas', type: 'integer', cell: ({ status }) => status?.currentReplicas ?? 0 },
    ageColumn,
  ],
  describe: describeHorizontalPodAutoscaler,
})
