import { defineImage } from '../node/image.ts'
import { goText } from '../node/programs/http-response.ts'
import { ALPINE } from './program-sets.ts'
import { httpServer } from './servers.ts'

/** The small server of a popular set of CKAD exercises. */
export const simpleapp = defineImage({
  repository: 'docker.io/dgkanatsios/simpleapp',
  tags: ['latest', '1.0', '2.0'],
  sizeBytes: 27_000_000,
  command: ['node', 'server.js'],
  servers: [
    httpServer({
      name: 'node',
      port: 8080,
      startLog: () => ['Server running at http://0.0.0.0:8080/'],
      answer: (process, request) =>
        goText(request, process.now(), `Hello world from ${process.hostname} and version 2.0\n`),
    }),
  ],
  programs: ALPINE,
})
