import { defineImage } from '../node/image.ts'
import { httpDate, respond } from '../node/programs/http-response.ts'
import { DEBIAN } from './program-sets.ts'
import { httpServer } from './servers.ts'

/** The small Node.js server of a well-known book: it tells which Pod was hit. */
export const kubia = defineImage({
  repository: 'docker.io/luksa/kubia',
  tags: ['latest', 'v1', 'v2'],
  sizeBytes: 264_000_000,
  usage: { cpuMilli: 1, memoryBytes: 21_000_000, cpuMsPerRequest: 2 },
  entrypoint: ['node', 'app.js'],
  servers: [
    httpServer({
      name: 'node',
      port: 8080,
      startLog: () => ['Kubia server starting...'],
      answer(process, request, client) {
        process.log('stdout', `Received request from ::ffff:${client.address}\n`)
        const version = process.env.get('KUBIA_VERSION')
        const body =
          version === undefined
            ? `You've hit ${process.hostname}\n`
            : `This is ${version} running in pod ${process.hostname}\n`
        return respond(
          request,
          200,
          [
            ['Date', httpDate(process.now())],
            ['Connection', 'keep-alive'],
            ['Transfer-Encoding', 'chunked'],
          ],
          body,
        )
      },
    }),
  ],
  programs: [...DEBIAN, 'curl', 'ps', 'wget', 'ping'],
  byTag: (tag) => (tag === 'latest' ? {} : { env: [['KUBIA_VERSION', tag]] }),
})
