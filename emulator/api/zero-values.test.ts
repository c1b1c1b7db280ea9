import { expect, test } from 'vitest'
import { withoutZeros } from './zero-values.ts'

const of = (type: string) => ({ type, doc: '' })

test('what Go holds by value goes when it is zero, what it holds by pointer stays', () => {
  const spec = { paused: false, minReadySeconds: 0, replicas: 0, template: { spec: { containers: [] } } }
  expect(withoutZeros(of('DeploymentSpec'), spec)).toEqual({ replicas: 0, template: { spec: { containers: [] } } })
})

test.each([
  ['Container', { name: 'c', env: [{ name: 'A', value: '' }], command: [] }, { name: 'c', env: [{ name: 'A' }] }],
  ['PodSpec', { volumes: [{ name: 'v', emptyDir: {} }], tolerations: [] }, { volumes: [{ name: 'v', emptyDir: {} }] }],
  ['PersistentVolumeClaimSpec', { storageClassName: '', volumeName: '' }, { storageClassName: '' }],
  ['VolumeMount', { name: 'v', mountPath: '', readOnly: false }, { name: 'v', mountPath: '' }],
  ['ConfigMap', { data: { empty: '' }, binaryData: {} }, { data: { empty: '' } }],
  ['NetworkPolicySpec', { podSelector: {}, ingress: [] }, { podSelector: {} }],
  ['NetworkPolicySpec', { podSelector: { matchLabels: {} }, ingress: [{}] }, { podSelector: {}, ingress: [{}] }],
])('%s %o', (model, given, kept) => {
  expect(withoutZeros(of(model), given)).toEqual(kept)
})

test('without zeros it is the same object, and parts that are known are not looked at', () => {
  const clean = { replicas: 1 }
  expect(withoutZeros(of('DeploymentSpec'), clean)).toBe(clean)
  const template = { spec: { containers: [], hostNetwork: false } }
  expect(withoutZeros(of('DeploymentSpec'), { template }, { template })).toEqual({ template })
})
