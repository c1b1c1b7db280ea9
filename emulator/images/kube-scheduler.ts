import { defineImage } from '../node/image.ts'
import { clientComponent } from './control-plane/client-component.ts'
import { SCHEDULER_FLAGS } from './control-plane/known-flags.ts'

export const kubeScheduler = defineImage({
  repository: 'registry.k8s.io/kube-scheduler',
  tags: [/^v1\.\d{2}\.\d{1,2}$/],
  sizeBytes: 20700000,
  usage: { cpuMilli: 6, memoryBytes: 29_000_000, cpuMsPerRequest: 1 },
  entrypoint: ['kube-scheduler'],
  servers: [
    clientComponent({
      name: 'kube-scheduler',
      flags: SCHEDULER_FLAGS,
      port: 10259,
      files: [
        ['client-ca-file', (_, problem) => `unable to load client CA provider: ${problem}`],
        ['config', (_, problem) => problem],
      ],
    }),
  ],
  programs: [],
})
