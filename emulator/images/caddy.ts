import { byteLength } from '../api/byte-length.ts'
import { defineImage } from '../node/image.ts'
import { httpDate, mediaType, requestPath, respond } from '../node/programs/http-response.ts'
import { type ContainerProgram, type Run, serve } from '../node/programs/program.ts'
import { ALPINE } from './program-sets.ts'

const ROOT = '/usr/share/caddy'
const CADDYFILE = `:80 {\n\troot * ${ROOT}\n\tfile_server\n}\n`

interface Site {
  readonly port: number
  readonly root: string
  readonly respond: string | undefined
}

/** One site of a Caddyfile: its address, `root`, `respond`. */
function siteOf(text: string): Site {
  const port = Number(/^\s*\S*:(\d+)\s*\{?/m.exec(text)?.[1] ?? 80)
  return {
    port,
    root: /^\s*root\s+(?:\*\s+)?(\S+)/m.exec(text)?.[1] ?? ROOT,
    respond: /^\s*respond\s+(?:\/\S*\s+)?(?:"([^"]*)"|(\S+))/m
      .exec(text)
      ?.slice(1)
      .find((one) => one !== undefined),
  }
}

const program: ContainerProgram = {
  name: 'caddy',
  *run(process): Run {
    if (process.argv[1] !== 'run') {
      process.out('v2.10.2 h1:g/gTYjGMD0dec+UgMw8SnfmJ3I9+M2TdvoRL/Ovu6U8=\n')
      return 0
    }
    const path = process.argv[process.argv.indexOf('--config') + 1] ?? '/etc/caddy/Caddyfile'
    const text = process.files.read(path)
    if (text === undefined) {
      process.err(`Error: reading config from file: open ${path}: no such file or directory\n`)
      return 1
    }
    const site = siteOf(text)
    const log = (msg: string): void => {
      process.err(`${JSON.stringify({ level: 'info', ts: process.now() / 1000, msg })}\n`)
    }
    log(`using config from file`)
    process.listen({
      port: site.port,
      protocol: 'TCP',
      address: '0.0.0.0',
      speaks: 'http',
      answer(request) {
        const wanted = requestPath(request) ?? '/'
        const directory = process.files.stat(site.root + wanted)?.kind === 'directory'
        const file = `${site.root}${wanted}${directory ? '/index.html' : ''}`
        const body = site.respond ?? process.files.read(file)
        const headers = [
          ['Server', 'Caddy'] as const,
          ['Date', httpDate(process.now())] as const,
          ['Content-Length', String(byteLength(body ?? ''))] as const,
        ]
        if (body === undefined) return respond(request, 404, headers, '')
        const type =
          site.respond === undefined ? mediaType(file, 'text/plain; charset=utf-8') : 'text/plain; charset=utf-8'
        return respond(request, 200, [['Content-Type', type], ...headers], body)
      },
    })
    log('serving initial configuration')
    process.onTerminate(0, () => log('shutting down apps, then terminating'))
    return yield* serve()
  },
}

/** The official Caddy image: files, and of its Caddyfile the address, `root` and `respond`. */
export const caddy = defineImage({
  repository: 'docker.io/library/caddy',
  tags: ['latest', 'alpine', /^2(\.\d+){0,2}(-alpine)?$/],
  sizeBytes: 21_000_000,
  command: ['caddy', 'run', '--config', '/etc/caddy/Caddyfile', '--adapter', 'caddyfile'],
  workingDir: '/srv',
  files: {
    '/etc/caddy/Caddyfile': CADDYFILE,
    [`${ROOT}/index.html`]:
      '<!DOCTYPE html>\n<html>\n<head>\n\t<title>Caddy works!</title>\n</head>\n<body>\n\t<h1>Congratulations!</h1>\n</body>\n</html>\n',
  },
  servers: [program],
  programs: ALPINE,
})
