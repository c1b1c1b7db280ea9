import { defineImage } from '../node/image.ts'
import { DEBIAN } from './program-sets.ts'
import { httpServer, nodeText, numberOf } from './servers.ts'

/** Google's sample for Node.js: one greeting on $PORT. */
export const nodeHello = defineImage({
  repository: 'gcr.io/google-samples/node-hello',
  tags: ['1.0', '2.0', '3.0'],
  sizeBytes: 264_000_000,
  command: ['node', 'server.js'],
  servers: [
    httpServer({
      name: 'node',
      port: (process) => numberOf(process.env.get('PORT'), 8080),
      answer(process, request) {
        process.log('stdout', `Received request for URL: ${request.path}\n`)
        return nodeText(request, process.now(), 'Hello Kubernetes!')
      },
    }),
  ],
  programs: [...DEBIAN, 'curl', 'ps'],
})
