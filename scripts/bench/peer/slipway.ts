import { type Cluster, createCluster } from '../../../emulator/index.ts'
import { DEPLOYMENT, type Emulator, SERVICE } from './task.ts'

const LAPTOP = { kind: 'machine', name: 'laptop' } as const
const headers = { 'content-type': 'application/json' }
let made = 0

function answers(cluster: Cluster): boolean {
  return cluster.network.fetch(LAPTOP, 'http://192.168.1.3:30080').response?.status === 200
}

function create(cluster: Cluster, path: string, object: object): void {
  const { status } = cluster.request({ method: 'POST', path, headers, body: JSON.stringify(object) })
  if (status !== 201) throw new Error(`${path}: ${status}`)
}

export const slipway: Emulator<Cluster> = {
  boot: async () => createCluster({ seed: `peer ${made++}`, startTime: Date.UTC(2026, 0, 1) }),
  async firstAnswer(cluster) {
    create(cluster, '/apis/apps/v1/namespaces/default/deployments', DEPLOYMENT)
    create(cluster, '/api/v1/namespaces/default/services', SERVICE)
    while (!answers(cluster)) cluster.run(100)
  },
  close: async () => undefined,
}
