import { type ContainerProcess, type ContainerProgram, type Run, serve, sleep } from '../../node/programs/program.ts'

export const DATA_FILE = '/data/db/WiredTiger'
const STARTING_MS = 1200

export const mongoVersion = (process: { readonly env: ReadonlyMap<string, string> }): string =>
  process.env.get('MONGO_VERSION') ?? '8.2.1'

/** What a mongod keeps in its data directory: who may come in. */
export interface Store {
  readonly user: string
  readonly password: string
}

function variable(process: ContainerProcess, name: string): string {
  const file = process.env.get(`${name}_FILE`)
  return process.env.get(name) ?? (file === undefined ? undefined : process.files.read(file)?.trim()) ?? ''
}

/** The entrypoint of the image: with a name and a password, a root user is made in a new data directory. */
export const mongoEntrypoint: ContainerProgram = {
  name: 'docker-entrypoint.sh',
  *run(process): Run {
    const words = process.argv.slice(1)
    const argv = words[0]?.startsWith('-') ? ['mongod', ...words] : words
    const program = process.programs.get(argv[0] ?? '')
    if (program === undefined) {
      process.err(`/usr/local/bin/docker-entrypoint.sh: line 420: exec: ${argv[0]}: not found\n`)
      return 127
    }
    if (program.name !== 'mongod') return yield* program.run({ ...process, argv })
    const user = variable(process, 'MONGO_INITDB_ROOT_USERNAME')
    const password = variable(process, 'MONGO_INITDB_ROOT_PASSWORD')
    if ((user === '') !== (password === '')) {
      process.err(
        "\nerror: missing 'MONGO_INITDB_ROOT_USERNAME' or 'MONGO_INITDB_ROOT_PASSWORD'\n       both must be specified for a user to be created\n\n",
      )
      return 1
    }
    if (process.files.read(DATA_FILE) === undefined)
      process.files.write(DATA_FILE, JSON.stringify({ user, password } satisfies Store))
    return yield* program.run({ ...process, argv })
  },
}

/** The server: it logs as JSON and answers calls of our mongosh. */
export const mongod: ContainerProgram = {
  name: 'mongod',
  *run(process): Run {
    if (process.argv.includes('--version')) {
      process.out(`db version v${mongoVersion(process)}\n`)
      return 0
    }
    const words = process.argv.join(' ')
    const port = Number(/--port[= ](\d+)/.exec(words)?.[1] ?? 27017)
    const bind = /--bind_ip[= ](\S+)/.exec(words)?.[1] ?? (words.includes('--bind_ip_all') ? '*' : '*')
    const local = bind.split(',').every((address) => /^(127\.|localhost)/.test(address))
    log(
      process,
      'CONTROL',
      23285,
      'main',
      "Automatically disabling TLS 1.0, to force-enable TLS 1.0 specify --sslDisabledProtocols 'none'",
    )
    log(process, 'CONTROL', 4615611, 'initandlisten', 'MongoDB starting', {
      pid: 1,
      port,
      dbPath: '/data/db',
      host: process.hostname,
    })
    log(process, 'CONTROL', 23403, 'initandlisten', 'Build Info', { buildInfo: { version: mongoVersion(process) } })
    yield* sleep(STARTING_MS)
    process.listen({
      port,
      protocol: 'TCP',
      address: local ? '127.0.0.1' : '0.0.0.0',
      speaks: 'text',
      reply: (text) => (text.startsWith('mongosh ') ? process.files.read(DATA_FILE) : undefined),
    })
    log(process, 'NETWORK', 23015, 'listener', 'Listening on', { address: local ? '127.0.0.1' : '0.0.0.0' })
    log(process, 'NETWORK', 23016, 'listener', 'Waiting for connections', { port, ssl: 'off' })
    process.onTerminate(0, () =>
      log(process, 'CONTROL', 23381, 'SignalHandler', 'will terminate after current cmd ends'),
    )
    return yield* serve()
  },
}

function log(process: ContainerProcess, c: string, id: number, ctx: string, msg: string, attr?: object): void {
  const t = { $date: new Date(process.now()).toISOString().replace('Z', '+00:00') }
  process.out(`${JSON.stringify({ t, s: 'I', c: c.padEnd(8), id, ctx, msg, ...(attr && { attr }) })}\n`)
}
