import { defineImage } from '../node/image.ts'
import { ALPINE } from './program-sets.ts'
import { httpServer } from './servers.ts'
import { flaskPage } from './webapp-color.ts'

/** A page from which courses test connections between Pods. */
export const webappConntest = defineImage({
  repository: 'docker.io/kodekloud/webapp-conntest',
  tags: ['latest'],
  sizeBytes: 31_700_000,
  entrypoint: ['python', 'app.py'],
  workingDir: '/opt',
  servers: [
    httpServer({
      name: 'python',
      port: 8080,
      startLog: () => [' * Running on http://0.0.0.0:8080/ (Press CTRL+C to quit)'],
      answer: (process, request, client) =>
        flaskPage(
          process,
          request,
          `<!doctype html>\n<title>Connectivity Test</title>\n<h1>Connectivity test from ${process.hostname}</h1>\n`,
          client,
        ),
    }),
  ],
  programs: [...ALPINE, 'python'],
})
