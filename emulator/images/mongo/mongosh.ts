import { isRecord, parseAs } from '../../api/json.ts'
import type { NetworkProgram, ProcessContext, Run, Wait } from '../../node/programs/program.ts'
import { dial } from '../clients/dial.ts'
import type { Store } from './server.ts'

interface Options {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  readonly scripts: readonly string[]
  readonly quiet: boolean
}

/** MongoDB's shell for the questions that probes and tutorials ask: ping, version, databases, who may come in. */
export const mongosh: NetworkProgram = {
  name: 'mongosh',
  summary: 'talk to a MongoDB server',
  *run(process): Run {
    const options = optionsOf(process)
    const store = yield* connect(process, options)
    if (typeof store === 'string') {
      process.err(`${store}\n`)
      return 1
    }
    const scripts =
      options.scripts.length > 0 ? options.scripts : process.stdin.split('\n').filter((line) => line.trim() !== '')
    if (scripts.length > 0) return evaluateAll(process, scripts, options, store)
    process.out(
      `Connecting to:\t\tmongodb://${options.host}:${options.port}/\nUsing MongoDB:\t\t${version(process)}\n\n`,
    )
    for (;;) {
      const line = yield { kind: 'line', prompt: `${options.database}> ` }
      if (line === undefined || /^\s*(exit|quit(\(\))?|\.exit)\s*$/.test(line)) return 0
      if (line.trim() !== '') evaluateAll(process, [line], options, store)
    }
  },
}

const version = (process: ProcessContext): string => process.env.get('MONGO_VERSION') ?? '8.2.1'

const WITH_VALUE = ['--host', '--port', '-u', '--username', '-p', '--password', '--authenticationDatabase', '--eval']

function optionsOf(process: ProcessContext): Options {
  const values = new Map<string, string>()
  const scripts: string[] = []
  const operands: string[] = []
  const flags = new Set<string>()
  const words = process.argv.slice(1)
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [, name = word, glued] = /^(--\w+)=([\s\S]*)$/.exec(word) ?? []
    if (WITH_VALUE.includes(name)) {
      const value = glued ?? words.shift() ?? ''
      if (name === '--eval') scripts.push(value)
      else values.set(name, value)
    } else if (word.startsWith('-')) flags.add(word)
    else operands.push(word)
  }
  const url = /^(?:mongodb:\/\/)?(?:([^:@/]*):([^@/]*)@)?([^:/?]*)(?::(\d+))?(?:\/([^?]*))?/.exec(operands[0] ?? '')
  const isHost = operands[0] !== undefined && /[.:/]/.test(operands[0])
  return {
    host: (isHost ? url?.[3] : undefined) || (values.get('--host') ?? '127.0.0.1'),
    port: Number((isHost ? url?.[4] : undefined) ?? values.get('--port') ?? 27017),
    user: url?.[1] ?? values.get('-u') ?? values.get('--username') ?? '',
    password: url?.[2] ?? values.get('-p') ?? values.get('--password') ?? '',
    database: (isHost ? url?.[5] : operands[0]) || 'test',
    scripts,
    quiet: flags.has('--quiet'),
  }
}

function* connect(process: ProcessContext, options: Options): Generator<Wait, Store | string, string | undefined> {
  const { host, port, user, password } = options
  const dialled = yield* dial(process, host, port, `mongosh ${user}`)
  if (dialled.kind === 'unknown-host') return `MongoNetworkError: getaddrinfo ENOTFOUND ${host}`
  if (dialled.kind === 'failed') {
    const code = {
      'Connection refused': 'ECONNREFUSED',
      'Connection timed out': 'ETIMEDOUT',
      'No route to host': 'EHOSTUNREACH',
    }
    return dialled.why === 'Connection timed out'
      ? `MongoServerSelectionError: Server selection timed out after 30000 ms`
      : `MongoNetworkError: connect ${code[dialled.why]} ${dialled.address}:${port}`
  }
  const store = storeOf(dialled.reply)
  if (store === undefined) return `MongoNetworkError: connection 1 to ${dialled.address}:${port} closed`
  if (user !== '' && (user !== store.user || password !== store.password))
    return 'MongoServerError: Authentication failed.'
  return store
}

const storeOf = (text: string | undefined): Store | undefined => parseAs(text, isStore)

/** Any program may listen on a port, and a data file may be spoilt. */
function isStore(value: unknown): value is Store {
  return isRecord(value) && typeof value.user === 'string' && typeof value.password === 'string'
}

function evaluateAll(process: ProcessContext, scripts: readonly string[], options: Options, store: Store): number {
  for (const script of scripts) {
    const { text, failed } = evaluate(script.trim().replace(/;$/, ''), process, options, store)
    if (failed === true) {
      process.err(`${text}\n`)
      return 1
    }
    process.out(`${text}\n`)
  }
  return 0
}

interface Evaluated {
  readonly text: string
  readonly failed?: true
}

/** Only what needs no JavaScript. */
function evaluate(script: string, process: ProcessContext, { user, database }: Options, store: Store): Evaluated {
  const open = store.user === '' || user !== ''
  const ping =
    /^(?:db\.(?:runCommand|adminCommand)\(\s*(?:\{\s*["']?ping["']?\s*:\s*1\s*\}|["']ping["'])\s*\)|db\.(?:runCommand|adminCommand)\("ping"\))(\.ok)?$/.exec(
      script,
    )
  if (ping) return { text: ping[1] === undefined ? '{ ok: 1 }' : '1' }
  if (/^db\.version\(\)$/.test(script)) return { text: version(process) }
  if (/^db(\.getName\(\))?$/.test(script)) return { text: database }
  if (/^(show dbs|show databases)$/.test(script))
    return open
      ? { text: 'admin    40.00 KiB\nconfig   12.00 KiB\nlocal    40.00 KiB' }
      : { text: 'MongoServerError[Unauthorized]: Command listDatabases requires authentication', failed: true }
  const beginning = script.slice(0, 60)
  return { text: `this script is not emulated: ${beginning}`, failed: true }
}
