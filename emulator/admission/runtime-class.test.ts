import { expect, it } from 'vitest'
import type { Ingress, Pod } from '../generated/types.ts'
import { paths, podManifest, testCluster } from '../testing/test-cluster.ts'

it('gives a Pod the overhead and the nodes of its runtime class', () => {
  const { create, get } = testCluster()
  create('/apis/node.k8s.io/v1/runtimeclasses', {
    metadata: { name: 'gvisor' },
    handler: 'runsc',
    overhead: { podFixed: { cpu: '100m' } },
    scheduling: { nodeSelector: { sandbox: 'yes' }, tolerations: [{ key: 'sandbox', operator: 'Exists' }] },
  })
  create(paths.pods, podManifest('a', { runtimeClassName: 'gvisor' }))
  const { spec } = get<Pod>(`${paths.pods}/a`)
  expect(spec?.overhead).toEqual({ cpu: '100m' })
  expect(spec?.nodeSelector).toEqual({ sandbox: 'yes' })
  expect(spec?.tolerations?.map(({ key }) => key)).toContain('sandbox')
  expect(() =>
    create(paths.pods, podManifest('b', { runtimeClassName: 'gvisor', nodeSelector: { sandbox: 'no' } })),
  ).toThrow('conflict: runtimeClass.scheduling.nodeSelector[sandbox] = yes; pod.spec.nodeSelector[sandbox] = no')
  expect(() => create(paths.pods, podManifest('c', { runtimeClassName: 'kata' }))).toThrow(
    /pod rejected: RuntimeClass .*kata.* not found/,
  )
})

it('gives an Ingress the default class', () => {
  const { create, patch, get } = testCluster()
  const ingresses = '/apis/networking.k8s.io/v1/namespaces/default/ingresses'
  const spec = { defaultBackend: { service: { name: 'web', port: { number: 80 } } } }
  create(ingresses, { metadata: { name: 'before' }, spec })
  patch('/apis/networking.k8s.io/v1/ingressclasses/nginx', {
    metadata: { annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
  })
  create(ingresses, { metadata: { name: 'after' }, spec })
  expect(get<Ingress>(`${ingresses}/before`).spec?.ingressClassName).toBeUndefined()
  expect(get<Ingress>(`${ingresses}/after`).spec?.ingressClassName).toBe('nginx')
})
