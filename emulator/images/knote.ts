import { defineImage, type ImageDefinition } from '../node/image.ts'
import { requestPath } from '../node/programs/http-response.ts'
import { type ContainerProgram, type Run, serve, sleep } from '../node/programs/program.ts'
import { ALPINE } from './program-sets.ts'
import { nodeText, numberOf } from './servers.ts'

const page = (notes: readonly string[]): string =>
  `<!DOCTYPE html><html lang="en"><head><title>Knote</title></head><body><h1>📝 Knote</h1><form method="post" action="/note"><textarea name="description"></textarea></form><ul class="notes">${notes.map((note) => `<li>${note}</li>`).join('')}</ul></body></html>`

/** Learnk8s' application of notes: it retries until its MongoDB answers, then serves. */
const program: ContainerProgram = {
  name: 'node',
  *run(process): Run {
    const url = process.env.get('MONGO_URL') ?? 'mongodb://localhost:27017/dev'
    const [, host = 'localhost', port] = /^mongodb:\/\/(?:[^@/]*@)?([^:/]+)(?::(\d+))?/.exec(url) ?? []
    const { frame } = process.frames.enter<{ notes: string[]; ready: boolean }>({ notes: [], ready: false })
    while (!frame.ready) {
      process.out('Connecting to MongoDB...\n')
      const [address] = process.network.lookup(process.place, host).addresses
      const to = { address: address ?? '', port: Number(port ?? 27017) }
      frame.ready = address !== undefined && process.network.connect(process.place, to).outcome === 'answered'
      if (frame.ready) process.out('MongoDB connected!\n')
      else {
        process.out('Waiting for MongoDB to be available\n')
        yield* sleep(2000)
      }
    }
    const listening = numberOf(process.env.get('PORT'), 3000)
    process.listen({
      port: listening,
      protocol: 'TCP',
      address: '0.0.0.0',
      speaks: 'http',
      answer(request) {
        const note = /(?:^|&)description=([^&]*)/.exec(request.body)?.[1]
        if (request.method === 'POST' && requestPath(request) === '/note' && note && frame.notes.length < 200)
          frame.notes.unshift(note.replace(/\+/g, ' '))
        return nodeText(request, process.now(), page(frame.notes), 'text/html; charset=utf-8')
      },
    })
    process.out(`App listening on http://localhost:${listening}\n`)
    return yield* serve()
  },
}

export const knote: readonly ImageDefinition[] = ['docker.io/learnk8s/knote-js', 'docker.io/learnk8s/knote'].map(
  (repository) =>
    defineImage({
      repository,
      tags: ['latest', /^[12]\.\d\.\d$/],
      sizeBytes: 34_000_000,
      command: ['node', 'index.js'],
      servers: [program],
      programs: ALPINE,
    }),
)
