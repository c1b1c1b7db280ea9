import { expect, it } from 'vitest'
import type { Ingress } from '../generated/types.ts'
import { testCluster } from '../testing/test-cluster.ts'

const ingresses = '/apis/networking.k8s.io/v1/namespaces/default/ingresses'
const classes = '/apis/networking.k8s.io/v1/ingressclasses'
const defaultBackend = { service: { name: 'web', port: { number: 80 } } }

it('gives Ingresses of its class an address, and no others', () => {
  const { create, get, settle, events, cluster } = testCluster()
  for (const ingressClassName of ['nginx', 'other'])
    create(ingresses, { metadata: { name: ingressClassName }, spec: { ingressClassName, defaultBackend } })
  settle()
  const addresses = (name: string) => get<Ingress>(`${ingresses}/${name}`).status?.loadBalancer?.ingress
  expect(addresses('nginx')).toEqual([{ ip: '192.168.1.3' }])
  expect(events('nginx')).toEqual(['Sync: Scheduled for sync'])
  expect(addresses('other')).toBeUndefined()
  create(classes, { metadata: { name: 'other' }, spec: { controller: 'k8s.io/ingress-nginx' } })
  settle()
  expect(addresses('other')).toEqual([{ ip: '192.168.1.3' }])
  expect(cluster.nextEventAt()).toBeUndefined()
})
