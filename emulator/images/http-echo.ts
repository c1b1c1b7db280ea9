import { byteLength } from '../api/byte-length.ts'
import { defineImage } from '../node/image.ts'
import { goText, header } from '../node/programs/http-response.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from '../node/programs/program.ts'

const USAGE = `Usage of http-echo:
  -listen string
    	address and port to listen (default ":5678")
  -status-code int
    	http response code, e.g.: 200 (default 200)
  -text string
    	text to put on the webpage
  -version
    	display version information
`

const program: ContainerProgram = { name: '/http-echo', run }

function* run(process: ContainerProcess): Run {
  const flags = parseFlags(process.argv.slice(1))
  if (typeof flags === 'string') {
    process.err(`${flags}\n${USAGE}`)
    return 2
  }
  const text = flags.get('text') ?? process.env.get('ECHO_TEXT')
  if (text === undefined || text === '') {
    process.err('Missing -text option or ECHO_TEXT env var!\n')
    return 127
  }
  const listen = flags.get('listen') ?? ':5678'
  const port = Number(listen.slice(listen.lastIndexOf(':') + 1))
  const local = /^(127\.|localhost)/.test(listen)
  const status = Number(flags.get('status-code') ?? 200)
  process.listen({
    port,
    protocol: 'TCP',
    address: local ? '127.0.0.1' : '0.0.0.0',
    speaks: 'http',
    answer(request, client) {
      const response = goText(request, process.now(), `${text}\n`, status)
      const stamp = new Date(process.now()).toISOString().slice(0, 19).replace('T', ' ').replace(/-/g, '/')
      process.log(
        'stdout',
        `${stamp} ${request.host} ${client.address}:${client.port} "${request.method} ${request.path} HTTP/1.1" ${status} ${byteLength(text) + 1} "${header(request, 'user-agent') ?? ''}" 12.4µs\n`,
      )
      return { ...response, headers: [['X-App-Name', 'http-echo'], ['X-App-Version', '1.0.0'], ...response.headers] }
    },
  })
  process.err(`${new Date(process.now()).toISOString()} [INFO] server is listening on ${listen}\n`)
  process.onTerminate(0)
  return yield* serve()
}

/** Go's flag package: `-name=value` or `-name value`; a text is the message of an unknown flag. */
function parseFlags(words: readonly string[]): ReadonlyMap<string, string> | string {
  const flags = new Map<string, string>()
  for (let index = 0; index < words.length; index += 1) {
    const match = /^--?([^=]+)(?:=([\s\S]*))?$/.exec(words[index] ?? '')
    if (match === null) break
    const [, name = '', value] = match
    if (!['listen', 'text', 'status-code'].includes(name)) return `flag provided but not defined: -${name}`
    if (value === undefined) index += 1
    flags.set(name, value ?? words[index] ?? '')
  }
  return flags
}

/** HashiCorp's http-echo: one text on one port; the image has no shell. */
export const httpEcho = defineImage({
  repository: 'docker.io/hashicorp/http-echo',
  tags: ['latest', /^(0\.2\.[13]|1\.0(\.0)?|alpine)$/],
  sizeBytes: 3_120_000,
  entrypoint: ['/http-echo'],
  servers: [program],
  programs: [],
})
