import { defineImage } from '../node/image.ts'
import { ownAddress } from './own-address.ts'
import { textServer } from './servers.ts'

/** etcd of a kubeadm control plane. */
export const etcd = defineImage({
  repository: 'registry.k8s.io/etcd',
  tags: [/^3\.[56]\.\d{1,2}-0$/],
  sizeBytes: 23_900_000,
  usage: { cpuMilli: 21, memoryBytes: 68_000_000, cpuMsPerRequest: 1 },
  entrypoint: ['etcd'],
  servers: [
    textServer({
      name: 'etcd',
      port: 2379,
      startLog: (process) => [
        `{"level":"info","ts":"${new Date(process.now()).toISOString()}","caller":"etcdmain/main.go:50","msg":"successfully notified init daemon"}`,
        `{"level":"info","ts":"${new Date(process.now()).toISOString()}","caller":"embed/serve.go:283","msg":"serving client traffic securely","traffic":"grpc+http","address":"${ownAddress(process)}:2379"}`,
      ],
    }),
  ],
  programs: ['etcdctl', 'etcdutl'],
})
