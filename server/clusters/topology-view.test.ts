import { expect, test } from 'vitest'
import { applyManifest } from '../../curriculum/workspaces.ts'
import { createCluster } from '../../emulator/index.ts'
import { topologyView } from './topology-view.ts'

const MANIFEST = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: nginx, image: nginx, ports: [{name: http, containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 8080, targetPort: http, nodePort: 30080}]}
---
apiVersion: v1
kind: Service
metadata: {name: lost}
spec: {selector: {app: wbe}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: site}
spec:
  defaultBackend: {service: {name: lost, port: {number: 80}}}
  rules: [{host: site.example.com, http: {paths: [{path: /web, pathType: Prefix, backend: {service: {name: web, port: {number: 8080}}}}]}}]
`

test('machines, Pods by workload, Services with their ports and endpoints, Ingresses; nothing of kube-system', () => {
  const cluster = createCluster({ seed: 'topology', startTime: Date.UTC(2026, 0, 1) })
  applyManifest(cluster, MANIFEST)
  cluster.settle(60)
  const view = topologyView(cluster, { 1: { kind: 'machine', name: 'laptop' } })
  expect(view.machines.map(({ name, role, ready, schedulable }) => [name, role, ready, schedulable])).toEqual(
    expect.arrayContaining([
      ['laptop', 'laptop', true, false],
      ['controlplane', 'control-plane', true, false],
      ['node01', 'worker', true, true],
    ]),
  )
  expect(view.pods).toHaveLength(2)
  expect(view.pods[0]).toMatchObject({
    namespace: 'default',
    ready: true,
    phase: 'Running',
    workload: 'Deployment/web',
    ports: [{ name: 'http', port: 80 }],
    terminating: false,
  })
  const services = new Map(view.services.map((service) => [service.name, service]))
  expect([...services.keys()].sort()).toEqual(['kubernetes', 'lost', 'web'])
  expect(services.get('web')).toMatchObject({
    type: 'NodePort',
    selector: { app: 'web' },
    ports: [{ protocol: 'TCP', port: 8080, targetPort: 'http', nodePort: 30080 }],
  })
  expect(services.get('web')?.endpoints.map(({ pod, ready, ports }) => [typeof pod, ready, ports])).toEqual([
    ['string', true, [80]],
    ['string', true, [80]],
  ])
  expect(services.get('lost')?.endpoints).toEqual([])
  expect(view.ingresses).toEqual([
    {
      namespace: 'default',
      name: 'site',
      served: false,
      routes: [
        { host: 'site.example.com', path: '/web', service: 'web' },
        { host: '*', path: '/', service: 'lost' },
      ],
    },
  ])
})
