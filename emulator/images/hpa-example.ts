import { defineImage } from '../node/image.ts'
import { goText } from '../node/programs/http-response.ts'
import { DEBIAN } from './program-sets.ts'
import { httpServer } from './servers.ts'

/** Apache with a PHP page that keeps a CPU busy: what the walkthrough of the HorizontalPodAutoscaler scales. */
export const hpaExample = defineImage({
  repository: 'registry.k8s.io/hpa-example',
  tags: ['latest'],
  sizeBytes: 179_000_000,
  command: ['apache2-foreground'],
  usage: { cpuMilli: 1, memoryBytes: 11 * 1024 * 1024, cpuMsPerRequest: 12 },
  servers: [
    httpServer({
      name: 'apache2-foreground',
      port: 80,
      terminates: 0,
      answer: (process, request) => {
        process.log('stdout', `10.244.0.1 - - "${request.method} ${request.path} HTTP/1.1" 200 19\n`)
        return goText(request, process.now(), 'OK!')
      },
    }),
  ],
  programs: DEBIAN,
})
