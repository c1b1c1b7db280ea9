import type { TopologyView } from '../../server/protocol.ts'

type Pod = TopologyView['pods'][number]
type Service = TopologyView['services'][number]

/** Records for tests of this folder, complete save for what a test is about. */
export const aPod = (pod: Partial<Pod> & { readonly name: string }): Pod => ({
  namespace: 'default',
  node: 'node01',
  ip: '10.244.1.2',
  ready: true,
  phase: 'Running',
  labels: {},
  ports: [],
  workload: undefined,
  terminating: false,
  ...pod,
})

export const aService = (service: Partial<Service> & { readonly name: string }): Service => ({
  namespace: 'default',
  type: 'ClusterIP',
  clusterIP: '10.96.1.1',
  externalIPs: [],
  selector: {},
  ports: [{ protocol: 'TCP', port: 80, targetPort: 80 }],
  endpoints: [],
  ...service,
})

export const anIngress = (ingress: Partial<TopologyView['ingresses'][number]> = {}) => ({
  namespace: 'default',
  name: 'site',
  served: true,
  routes: [{ host: 'site.example.com', path: '/', service: 'web' }],
  ...ingress,
})

const node = (name: string, last: number, role: 'control-plane' | 'worker') => ({
  name,
  address: `192.168.1.${last}`,
  role,
  ready: true,
  schedulable: role === 'worker',
})

export const aView = (parts: Partial<TopologyView> = {}): TopologyView => ({
  machines: [
    { name: 'laptop', address: '192.168.1.10', role: 'laptop', ready: true, schedulable: false },
    node('controlplane', 2, 'control-plane'),
    node('node01', 3, 'worker'),
    node('node02', 4, 'worker'),
  ],
  pods: [],
  services: [],
  ingresses: [],
  places: {},
  ...parts,
})
