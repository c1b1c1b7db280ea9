import { expect, test } from 'vitest'
import { podWarnings } from './pod/warnings.ts'
import { serviceWarnings } from './service/warnings.ts'

test('a Pod is warned about surprising names, hidden variables and doubled ports', () => {
  const warnings = podWarnings({
    metadata: { name: 'a.b' },
    spec: {
      nodeSelector: { 'beta.kubernetes.io/os': 'linux' },
      terminationGracePeriodSeconds: -1,
      containers: [
        {
          name: 'c',
          resources: { limits: { memory: '100m' } },
          env: [
            { name: 'A', value: '1' },
            { name: 'A', value: '2' },
          ],
          ports: [
            { containerPort: 80, protocol: 'TCP' },
            { containerPort: 80, protocol: 'TCP' },
          ],
        },
      ],
    },
  })
  expect(warnings).toEqual([
    "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
    'spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
    'spec.containers[0].resources.limits[memory]: fractional byte value "100m" is invalid, must be an integer',
    'spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply',
    'spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]',
    'spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1',
  ])
})

test('a plain Pod and a plain Service bring no warnings', () => {
  expect(podWarnings({ metadata: { name: 'web' }, spec: { containers: [{ name: 'c' }] } })).toEqual([])
  expect(serviceWarnings({ spec: { clusterIP: '10.96.0.5', ports: [{ port: 80 }] } })).toEqual([])
})

test('external IPs are deprecated, and of no use to a headless Service', () => {
  const spec = { type: 'ClusterIP', clusterIP: 'None', sessionAffinity: 'ClientIP', externalIPs: ['192.168.1.50'] }
  expect(serviceWarnings({ spec })).toEqual([
    'spec.externalIPs is deprecated',
    'spec.externalIPs is ignored for headless services',
    'spec.SessionAffinity is ignored for headless services',
  ])
})
