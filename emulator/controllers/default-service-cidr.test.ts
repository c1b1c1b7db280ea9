import { expect, it } from 'vitest'
import type { CoreV1Event, ServiceCIDR } from '../generated/types.ts'
import { paths, testCluster } from '../testing/test-cluster.ts'

const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml'
const events = '/api/v1/namespaces/default/events'
const range = '/apis/networking.k8s.io/v1/servicecidrs/kubernetes'

function restartedWith(flag: string) {
  const test = testCluster()
  const files = test.cluster.machine('controlplane')?.files
  const text = files?.read(MANIFEST) ?? ''
  files?.write(MANIFEST, text.replace('--service-cluster-ip-range=10.96.0.0/12', `--service-cluster-ip-range=${flag}`))
  test.cluster.run(60_000)
  test.settle()
  return test
}

it('keeps the default range when the flag changes, and says so once', () => {
  const test = restartedWith('10.100.0.0/16')
  expect(test.get<ServiceCIDR>(range).spec?.cidrs).toEqual(['10.96.0.0/12'])
  const about = () =>
    test
      .get<{ items: readonly CoreV1Event[] }>(events)
      .items.filter(({ reason }) => reason === 'KubernetesDefaultServiceCIDRInconsistent')
  expect(about()).toMatchObject([
    {
      type: 'Warning',
      count: 1,
      involvedObject: { kind: 'ServiceCIDR', name: 'kubernetes' },
      source: { component: 'kubernetes-service-cidr-controller' },
      message:
        'The default ServiceCIDR [10.96.0.0/12] does not match the controller flag configurations [10.100.0.0/16]',
    },
  ])
  test.create(paths.services, { metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } })
  test.cluster.run(600_000)
  expect(about()).toHaveLength(1)
  expect(test.get<{ spec: { clusterIP: string } }>(`${paths.services}/web`).spec.clusterIP).toMatch(
    /^10\.(9[6-9]|10\d|11[01])\./,
  )
})

it('says nothing while the flag and the range agree, and makes the range again when it has gone', () => {
  const test = testCluster()
  const more = { metadata: { name: 'more' }, spec: { cidrs: ['10.96.0.0/12'] } }
  test.create('/apis/networking.k8s.io/v1/servicecidrs', more)
  test.settle()
  expect(test.get<{ items: readonly unknown[] }>(events).items).toEqual([])
  const uid = test.get<ServiceCIDR>(range).metadata?.uid
  test.patch(range, { metadata: { finalizers: [] } })
  test.remove(range)
  test.settle()
  const made = test.get<ServiceCIDR>(range)
  expect(made.spec?.cidrs).toEqual(['10.96.0.0/12'])
  expect(made.metadata?.uid).not.toBe(uid)
})
