import { defineImage } from '../node/image.ts'
import { apache } from './php-apache.ts'
import { DEBIAN } from './program-sets.ts'

/** Apache with a PHP page that keeps a CPU busy: what the walkthrough of the HorizontalPodAutoscaler scales. */
export const hpaExample = defineImage({
  repository: 'registry.k8s.io/hpa-example',
  tags: ['latest'],
  sizeBytes: 179_000_000,
  command: ['apache2-foreground'],
  usage: { cpuMilli: 1, memoryBytes: 11 * 1024 * 1024, cpuMsPerRequest: 12 },
  servers: [apache('apache2-foreground', () => ({ status: 200, body: 'OK!' }))],
  programs: DEBIAN,
})
