/** autoscaling/v1 and v2 into each other (upstream: pkg/apis/autoscaling/v1/conversion.go). */
import { decode } from '../../api/decode.ts'
import type {
  HorizontalPodAutoscaler,
  V2HorizontalPodAutoscaler,
  V2HorizontalPodAutoscalerSpec,
  V2HorizontalPodAutoscalerStatus,
  V2MetricSpec,
} from '../../generated/types.ts'

const PREFIX = 'autoscaling.alpha.kubernetes.io/'
/** What v1 has no field for travels in annotations, as JSON. */
const NAMES = { metrics: `${PREFIX}metrics`, behavior: `${PREFIX}behavior`, conditions: `${PREFIX}conditions` } as const

const NOTHING_YET = { desiredReplicas: 0 } as const

const cpuTarget = ({ type, resource }: V2MetricSpec): number | undefined =>
  type === 'Resource' && resource?.name === 'cpu' ? resource.target.averageUtilization : undefined

export function fromV2(object: V2HorizontalPodAutoscaler): HorizontalPodAutoscaler {
  const { scaleTargetRef, minReplicas, maxReplicas, metrics = [], behavior } = object.spec ?? {}
  const { currentMetrics, conditions, ...status }: V2HorizontalPodAutoscalerStatus = object.status ?? NOTHING_YET
  const cpu = metrics.find((metric) => cpuTarget(metric) !== undefined)
  const others = metrics.filter((metric) => metric !== cpu)
  const usage = currentMetrics?.find(({ resource }) => resource?.name === 'cpu')?.resource?.current.averageUtilization
  const annotations = {
    ...object.metadata?.annotations,
    ...(others.length > 0 && { [NAMES.metrics]: JSON.stringify(others) }),
    ...(behavior && { [NAMES.behavior]: JSON.stringify(behavior) }),
    ...(conditions?.length && { [NAMES.conditions]: JSON.stringify(conditions) }),
  }
  return {
    ...object,
    apiVersion: 'autoscaling/v1',
    metadata: { ...object.metadata, ...(Object.keys(annotations).length > 0 && { annotations }) },
    spec: {
      ...(scaleTargetRef ? { scaleTargetRef } : { scaleTargetRef: { kind: '', name: '' } }),
      maxReplicas: maxReplicas ?? 0,
      ...(minReplicas !== undefined && { minReplicas }),
      ...(cpu && { targetCPUUtilizationPercentage: cpuTarget(cpu) }),
    },
    status: {
      ...status,
      currentReplicas: status.currentReplicas ?? 0,
      ...(usage !== undefined && { currentCPUUtilizationPercentage: usage }),
    },
  }
}

export function toV2(object: HorizontalPodAutoscaler): V2HorizontalPodAutoscaler {
  const { scaleTargetRef, minReplicas, maxReplicas, targetCPUUtilizationPercentage: target } = object.spec ?? {}
  const { currentCPUUtilizationPercentage: usage, ...status } = object.status ?? { ...NOTHING_YET, currentReplicas: 0 }
  const written = object.metadata?.annotations ?? {}
  const kept = Object.entries(written).filter(([name]) => !Object.values<string>(NAMES).includes(name))
  const { metrics: others = [] } = carried<V2HorizontalPodAutoscalerSpec>('Spec', 'metrics', written)
  const { behavior } = carried<V2HorizontalPodAutoscalerSpec>('Spec', 'behavior', written)
  const { conditions } = carried<V2HorizontalPodAutoscalerStatus>('Status', 'conditions', written)
  const metrics = [...others, ...(target === undefined ? [] : [cpuMetric(target)])]
  const { annotations: _annotations, ...metadata } = object.metadata ?? {}
  return {
    ...object,
    apiVersion: 'autoscaling/v2',
    metadata: { ...metadata, ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }) },
    spec: {
      scaleTargetRef: scaleTargetRef ?? { kind: '', name: '' },
      maxReplicas: maxReplicas ?? 0,
      ...(minReplicas !== undefined && { minReplicas }),
      ...(metrics.length > 0 && { metrics }),
      ...(behavior && { behavior }),
    },
    status: {
      ...status,
      ...(conditions && { conditions }),
      ...(usage !== undefined && {
        currentMetrics: [
          { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: usage, averageValue: '0' } } },
        ],
      }),
    },
  }
}

const cpuMetric = (averageUtilization: number): V2MetricSpec => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
})

/** Annotations are anybody's to write: what cannot be read as the field counts as absent. */
function carried<T>(
  part: 'Spec' | 'Status',
  field: keyof T & keyof typeof NAMES,
  annotations: { readonly [name: string]: string },
): Partial<T> {
  const text = annotations[NAMES[field]]
  if (text === undefined) return {}
  try {
    const decoded = decode(`V2HorizontalPodAutoscaler${part}`, { [field]: JSON.parse(text) }, 'as-given')
    return decoded.ok ? (decoded.value as Partial<T>) : {}
  } catch {
    return {}
  }
}
