/** The work that both emulators are given, and what it takes to do it. */
export const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } },
  },
} as const

export const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: {
    type: 'NodePort',
    selector: { app: 'web' },
    ports: [{ port: 80, targetPort: 80, nodePort: 30080, protocol: 'TCP' }],
  },
} as const

/** One emulator: a cluster that stands, an answer through the node port, the end. */
export interface Emulator<Cluster> {
  boot(): Promise<Cluster>
  /** Applies both objects and asks until the node port answers. */
  firstAnswer(cluster: Cluster): Promise<void>
  close(cluster: Cluster): Promise<void>
}
