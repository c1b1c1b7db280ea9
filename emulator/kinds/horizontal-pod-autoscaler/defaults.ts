import type {
  V2HorizontalPodAutoscaler,
  V2HorizontalPodAutoscalerSpec,
  V2HPAScalingRules,
} from '../../generated/types.ts'

/** What a missing spec stands for; validation then names what it lacks. */
const EMPTY_SPEC: V2HorizontalPodAutoscalerSpec = { maxReplicas: 0, scaleTargetRef: { kind: '', name: '' } }

const CPU_AT_80 = {
  resource: { name: 'cpu', target: { averageUtilization: 80, type: 'Utilization' } },
  type: 'Resource',
}
const SCALE_UP: V2HPAScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
}
const SCALE_DOWN: V2HPAScalingRules = {
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
}

/** Upstream: pkg/apis/autoscaling/v2/defaults.go SetDefaults_HorizontalPodAutoscaler. A behavior is filled up only if one is given. */
export function defaultHorizontalPodAutoscaler(object: V2HorizontalPodAutoscaler): V2HorizontalPodAutoscaler {
  const spec = { ...EMPTY_SPEC, ...object.spec }
  const { behavior } = spec
  return {
    ...object,
    spec: {
      ...spec,
      scaleTargetRef: { ...EMPTY_SPEC.scaleTargetRef, ...spec.scaleTargetRef },
      minReplicas: spec.minReplicas ?? 1,
      metrics: spec.metrics?.length ? spec.metrics : [CPU_AT_80],
      ...(behavior && {
        behavior: {
          scaleUp: { ...SCALE_UP, ...behavior.scaleUp },
          scaleDown: { ...SCALE_DOWN, ...behavior.scaleDown },
        },
      }),
    },
    status: { ...object.status, desiredReplicas: object.status?.desiredReplicas ?? 0 },
  }
}
