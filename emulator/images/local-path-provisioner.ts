import { defineImage } from '../node/image.ts'
import { goDaemon } from './go-daemon.ts'

/** Makes volumes of the class local-path while it runs; what it does is in controllers/local-path-provisioner.ts. */
export const localPathProvisioner = defineImage({
  repository: 'docker.io/rancher/local-path-provisioner',
  tags: [/^v0\.0\.\d{1,2}$/, 'master-head'],
  sizeBytes: 18_600_000,
  usage: { cpuMilli: 1, memoryBytes: 12_000_000, cpuMsPerRequest: 1 },
  entrypoint: ['local-path-provisioner'],
  servers: [
    goDaemon(
      'local-path-provisioner',
      8080,
      'controller.go:811] Starting provisioner controller rancher.io/local-path',
    ),
  ],
  programs: [],
})
