import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { HorizontalPodAutoscaler, V2HorizontalPodAutoscaler } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { fromV2, toV2 } from './horizontal-pod-autoscaler/version-1.ts'
import { horizontalPodAutoscaler as v2 } from './horizontal-pod-autoscaler.ts'

/** Autoscalers as autoscaling/v1 shows them: one target for CPU, the rest in annotations. */
export const horizontalPodAutoscalerV1 = defineKind<HorizontalPodAutoscaler>({
  group: 'autoscaling',
  version: 'v1',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  singular: 'horizontalpodautoscaler',
  shortNames: ['hpa'],
  categories: ['all'],
  scope: 'Namespaced',
  subresources: ['status'],
  schema: 'HorizontalPodAutoscaler',
  view: {
    of: 'horizontalpodautoscalers.autoscaling',
    serve: (object) => fromV2(object as V2HorizontalPodAutoscaler),
    store: (object) => toV2(object as HorizontalPodAutoscaler),
  },
  default: (object) => fromV2(v2.default?.(toV2(object)) ?? toV2(object)),
  validate: (object, old) => v2.validate?.(toV2(object), old && toV2(old)) ?? [],
  strategy: {
    prepareForCreate: (object) => ({ ...object, status: { currentReplicas: 0, desiredReplicas: 0 } }),
    bumpsGeneration: () => false,
  },
  columns: [
    nameColumn,
    ...v2.columns
      .filter(({ name }) => name !== nameColumn.name && name !== ageColumn.name)
      .map((column) => ({
        ...column,
        cell: (object: HorizontalPodAutoscaler, context: Parameters<typeof column.cell>[1]) =>
          column.cell(toV2(object), context),
      })),
    ageColumn,
  ],
  describe: (object, context) => v2.describe?.(toV2(object), context) ?? [],
})
