import { defineImage } from '../node/image.ts'
import { goText } from '../node/programs/http-response.ts'
import { httpServer } from './servers.ts'

/** The predecessor of agnhost's serve-hostname: the Pod's name on port 9376. */
export const serveHostname = defineImage({
  repository: 'registry.k8s.io/serve_hostname',
  tags: ['latest', 'v1.4'],
  sizeBytes: 4_500_000,
  entrypoint: ['/serve-hostname'],
  servers: [
    httpServer({
      name: '/serve-hostname',
      port: 9376,
      logStream: 'stderr',
      startLog: () => ['Serving on port 9376.'],
      terminates: 0,
      answer: (process, request) => goText(request, process.now(), `${process.hostname}\n`),
    }),
  ],
  programs: [],
})
