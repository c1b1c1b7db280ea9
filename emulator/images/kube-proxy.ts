import { defineImage } from '../node/image.ts'
import { goDaemon } from './go-daemon.ts'

/** kube-proxy's process; its rules are the network's stages. */
export const kubeProxy = defineImage({
  repository: 'registry.k8s.io/kube-proxy',
  tags: [/^v1\.\d{2}\.\d{1,2}$/],
  sizeBytes: 26_300_000,
  usage: { cpuMilli: 1, memoryBytes: 17_000_000, cpuMsPerRequest: 1 },
  command: ['/usr/local/bin/kube-proxy'],
  servers: [goDaemon('kube-proxy', 10249, 'server.go:715] "Using iptables Proxier"')],
  programs: ['iptables', 'iptables-save', 'conntrack'],
})
