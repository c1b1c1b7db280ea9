import { defineImage } from '../node/image.ts'
import { goText } from '../node/programs/http-response.ts'
import { GO_TERMINATED, httpServer } from './servers.ts'

/** Google's sample application: version and host name on $PORT. */
export const helloApp = defineImage({
  repository: 'gcr.io/google-samples/hello-app',
  tags: ['1.0', '2.0', '3.0'],
  sizeBytes: 6_800_000,
  entrypoint: ['./hello-app'],
  env: [['PORT', '8080']],
  servers: [
    httpServer({
      name: './hello-app',
      port: (process) => Number(process.env.get('PORT')) || 8080,
      terminates: GO_TERMINATED,
      logStream: 'stderr',
      startLog: (process) => [`${stamp(process.now())} Server listening on port ${process.env.get('PORT') ?? 8080}`],
      answer(process, request) {
        process.log('stderr', `${stamp(process.now())} Serving request: ${request.path}\n`)
        const body = `Hello, world!\nVersion: ${process.env.get('HELLO_VERSION') ?? '1.0.0'}\nHostname: ${process.hostname}\n`
        return goText(request, process.now(), body)
      },
    }),
  ],
  programs: [],
  byTag: (tag) => ({ env: [['HELLO_VERSION', `${tag}.0`]] }),
})

function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ').replace(/-/g, '/')
}
