import { expect, it } from 'vitest'
import { toV2 } from './version-1.ts'

const autoscaler = (annotations: { readonly [name: string]: string }) =>
  toV2({
    metadata: { name: 'web', annotations },
    spec: { maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'web' } },
  })

it('reads the metrics that v1 carries in an annotation', () => {
  const metrics = [{ type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization' } } }]
  const { spec } = autoscaler({ 'autoscaling.alpha.kubernetes.io/metrics': JSON.stringify(metrics) })
  expect(spec?.metrics).toMatchObject(metrics)
})

it.each(['5', 'null', '{}', '[5]', '{bad'])('metrics that are %s count as absent', (text) => {
  const { spec, status } = autoscaler({
    'autoscaling.alpha.kubernetes.io/metrics': text,
    'autoscaling.alpha.kubernetes.io/behavior': text === '{}' ? '5' : text,
    'autoscaling.alpha.kubernetes.io/conditions': text,
  })
  expect(spec).toEqual({ maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'web' } })
  expect(status?.conditions).toBeUndefined()
})
