import type { HttpRequest } from '../network/types.ts'
import { defineImage, type ImageDefinition } from '../node/image.ts'
import { requestPath } from '../node/programs/http-response.ts'
import { type ContainerProcess, type ContainerProgram, type Run, sleep } from '../node/programs/program.ts'
import { ALPINE } from './program-sets.ts'
import { httpServer } from './servers.ts'
import { flaskPage } from './webapp-color.ts'

/** A Flask application in the form of KodeKloud's courses, and what its page says. */
export const flaskImage = (
  repository: string,
  tags: ImageDefinition['tags'],
  textOf: (process: ContainerProcess, request: HttpRequest) => string,
): ImageDefinition =>
  defineImage({
    repository: `docker.io/kodekloud/${repository}`,
    tags,
    sizeBytes: 31_700_000,
    entrypoint: ['python', 'app.py'],
    workingDir: '/opt',
    servers: [
      httpServer({
        name: 'python',
        port: 8080,
        startLog: () => [' * Running on http://0.0.0.0:8080/ (Press CTRL+C to quit)'],
        answer: (process, request, client) => flaskPage(process, request, textOf(process, request), client),
      }),
    ],
    programs: [...ALPINE, 'python'],
  })

const greeting = (repository: string, tags: ImageDefinition['tags'], title: string): ImageDefinition =>
  flaskImage(repository, tags, (process, request) =>
    requestPath(request) === '/ready'
      ? `Message from ${process.hostname} : I am ready!`
      : `<!doctype html>\n<title>${title}</title>\n<h1>Hello from ${process.hostname}!</h1>\n`,
  )

const EVENTS = ['USER1 logged in', 'USER2 is viewing page1', 'USER3 is viewing page2', 'USER4 logged out']

/** Lines of a shop's log, one a second. */
const simulator: ContainerProgram = {
  name: 'python',
  *run(process): Run {
    const { frame } = process.frames.enter({ line: 0 })
    for (;;) {
      const at = new Date(process.now()).toISOString().replace('T', ' ').replace('Z', '').replace('.', ',')
      const event = EVENTS[frame.line % EVENTS.length] ?? ''
      process.err(`[${at}] INFO in event-simulator: ${event}\n`)
      if (frame.line % 5 === 4)
        process.err(
          `[${at}] WARNING in event-simulator: USER5 Failed to Login as the account is locked due to MANY FAILED ATTEMPTS.\n`,
        )
      frame.line += 1
      yield* sleep(1000)
    }
  },
}

/** A die that is thrown once; a Job repeats it until it shows a six. */
const dice: ContainerProgram = {
  name: 'python',
  *run(process): Run {
    yield* sleep(500)
    const rolled =
      1 + ((([...process.hostname].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 6) + 6) % 6)
    process.out(`${rolled}\n`)
    return rolled === 6 ? 0 : 1
  },
}

const python = (repository: string, program: ContainerProgram): ImageDefinition =>
  defineImage({
    repository: `docker.io/kodekloud/${repository}`,
    tags: ['latest'],
    sizeBytes: 31_700_000,
    entrypoint: ['python', 'app.py'],
    workingDir: '/opt',
    servers: [program],
    programs: [...ALPINE, 'python'],
  })

/** Small applications of a well-known course. */
export const kodekloudImages: readonly ImageDefinition[] = [
  greeting('simple-webapp', ['latest', 'blue', 'green', 'red', 'pink'], 'Hello from Flask'),
  greeting('webapp-delayed-start', ['latest'], 'Hello from Flask'),
  greeting('simple-webapp-mysql', ['latest'], 'Hello from Flask'),
  greeting('ecommerce', ['404', 'video', 'apparels', 'wear', 'pay', '18000', 'latest'], 'Online Shop'),
  python('event-simulator', simulator),
  python('throw-dice', dice),
]
