import { defineImage } from '../node/image.ts'
import { goDaemon } from './go-daemon.ts'

export const kubeControllerManager = defineImage({
  repository: 'registry.k8s.io/kube-controller-manager',
  tags: [/^v1\.\d{2}\.\d{1,2}$/],
  sizeBytes: 27200000,
  usage: { cpuMilli: 16, memoryBytes: 64_000_000, cpuMsPerRequest: 1 },
  entrypoint: ['kube-controller-manager'],
  servers: [goDaemon('kube-controller-manager', 10257, 'serving.go:386] Serving securely on 127.0.0.1:10257')],
  programs: [],
})
