import { defineImage } from '../node/image.ts'
import { goDaemon } from './go-daemon.ts'

export const kubeScheduler = defineImage({
  repository: 'registry.k8s.io/kube-scheduler',
  tags: [/^v1\.\d{2}\.\d{1,2}$/],
  sizeBytes: 20700000,
  usage: { cpuMilli: 6, memoryBytes: 29_000_000, cpuMsPerRequest: 1 },
  entrypoint: ['kube-scheduler'],
  servers: [goDaemon('kube-scheduler', 10259, 'secure_serving.go:211] Serving securely on 127.0.0.1:10259')],
  programs: [],
})
