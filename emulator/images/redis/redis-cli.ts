import type { NetworkProgram, ProcessContext, Run, Wait } from '../../node/programs/program.ts'
import { dial } from '../clients/dial.ts'
import { decodeReplies, encodeCommands, type Reply, splitWords } from './protocol.ts'

interface Options {
  readonly host: string
  readonly port: number
  readonly password: string | undefined
  readonly database: string | undefined
  readonly raw: boolean
  readonly words: readonly string[]
}

/** Redis' own client: one command, commands of its input, or a prompt (redis: src/redis-cli.c). */
export const redisCli: NetworkProgram = { name: 'redis-cli', summary: 'talk to a Redis server', run }

function* run(process: ProcessContext): Run {
  const options = optionsOf(process)
  if ('problem' in options) {
    process.err(options.problem)
    return 1
  }
  if (options.password !== undefined && !process.env.has('REDISCLI_AUTH'))
    process.err("Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n")
  if (options.words.length > 0) return yield* send(process, options, [options.words])
  if (process.stdin.trim() === '') return yield* prompt(process, options)
  const lines = process.stdin.split('\n').map(splitWords)
  return yield* send(
    process,
    options,
    lines.flatMap((words) => (words && words.length > 0 ? [words] : [])),
  )
}

function optionsOf(process: ProcessContext): Options | { readonly problem: string } {
  const words = process.argv.slice(1)
  const values = new Map<string, string>()
  const flags = new Set<string>()
  for (;;) {
    const [word = ''] = words
    if (!word.startsWith('-') || word === '-') break
    words.shift()
    if (['-h', '-p', '-a', '-n', '-u', '--user', '--pass', '-r', '-i', '-t'].includes(word))
      values.set(word, words.shift() ?? '')
    else if (['--raw', '--no-raw', '-c', '--no-auth-warning', '--csv', '-3', '-2', '-e'].includes(word)) flags.add(word)
    else if (word === '-v' || word === '--version')
      return { problem: `redis-cli ${process.env.get('REDIS_VERSION') ?? '8.2.2'}\n` }
    else return { problem: `Unrecognized option or bad number of args for: '${word}'\n` }
  }
  const url = /^rediss?:\/\/(?:[^@]*?:?([^:@]*)@)?([^:/]+)(?::(\d+))?(?:\/(\d+))?/.exec(values.get('-u') ?? '')
  return {
    host: url?.[2] ?? values.get('-h') ?? '127.0.0.1',
    port: Number(url?.[3] ?? values.get('-p') ?? 6379),
    password: url?.[1] ?? values.get('-a') ?? values.get('--pass') ?? process.env.get('REDISCLI_AUTH'),
    database: url?.[4] ?? values.get('-n'),
    raw: flags.has('--raw') || (process.terminal === undefined && !flags.has('--no-raw')),
    words,
  }
}

type Commands = readonly (readonly string[])[]

function* exchange(
  process: ProcessContext,
  options: Options,
  commands: Commands,
): Generator<Wait, readonly Reply[] | string, string | undefined> {
  const { host, port, password, database } = options
  const first = [
    ...(password === undefined ? [] : [['AUTH', password]]),
    ...(database === undefined ? [] : [['SELECT', database]]),
  ]
  const dialled = yield* dial(process, host, port, encodeCommands([...first, ...commands]))
  if (dialled.kind === 'unknown-host') return `Could not connect to Redis at ${host}:${port}: Name or service not known`
  if (dialled.kind === 'failed') return `Could not connect to Redis at ${host}:${port}: ${dialled.why}`
  const replies = decodeReplies(dialled.reply ?? '')
  const refused = replies.slice(0, first.length).find(({ kind }) => kind === 'error')
  if (refused?.kind === 'error' && password !== undefined) process.err(`AUTH failed: ${refused.text}\n`)
  const own = replies.slice(first.length)
  return own.length > 0 ? own : 'Error: Server closed the connection'
}

function* send(process: ProcessContext, options: Options, commands: Commands): Run {
  const replies = yield* exchange(process, options, commands)
  if (typeof replies === 'string') {
    process.err(`${replies}\n`)
    return 1
  }
  for (const reply of replies) process.out(options.raw ? rawText(reply) : shownText(reply, ''))
  return 0
}

function* prompt(process: ProcessContext, options: Options): Run {
  const at = `${options.host}:${options.port}`
  let state = options
  const hello = yield* exchange(process, state, [['PING']])
  if (typeof hello === 'string') process.err(`${hello}\n`)
  for (let connected = typeof hello !== 'string'; ; ) {
    const where = connected
      ? at + (state.database && state.database !== '0' ? `[${state.database}]` : '')
      : 'not connected'
    const line = yield { kind: 'line', prompt: `${where}> ` }
    if (line === undefined) return 0
    const words = splitWords(line)
    if (words === undefined) process.out('Invalid argument(s)\n')
    else if (/^(quit|exit)$/i.test(words[0] ?? '')) return 0
    else if (words.length > 0) {
      if (/^auth$/i.test(words[0] ?? '')) state = { ...state, password: words.at(-1) }
      if (/^select$/i.test(words[0] ?? '')) state = { ...state, database: words[1] }
      connected = (yield* send(process, state, [words])) === 0
    }
  }
}

/** As a terminal shows it. */
function shownText(reply: Reply, indent: string): string {
  switch (reply.kind) {
    case 'status':
      return `${reply.text}\n`
    case 'error':
      return `(error) ${reply.text}\n`
    case 'integer':
      return `(integer) ${reply.value}\n`
    case 'nil':
      return '(nil)\n'
    case 'bulk':
      return reply.text.includes('\r\n') ? `${reply.text}` : `${quoted(reply.text)}\n`
    case 'array': {
      if (reply.items.length === 0) return '(empty array)\n'
      const width = String(reply.items.length).length
      return reply.items
        .map((item, index) => {
          const head = `${String(index + 1).padStart(width)}) `
          return `${index === 0 ? '' : indent}${head}${shownText(item, `${indent}${' '.repeat(head.length)}`)}`
        })
        .join('')
    }
  }
}

const quoted = (text: string): string =>
  `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}"`

/** As a pipe gets it. */
function rawText(reply: Reply): string {
  if (reply.kind === 'array') return reply.items.length === 0 ? '\n' : reply.items.map(rawText).join('')
  if (reply.kind === 'integer') return `${reply.value}\n`
  return reply.kind === 'nil' ? '\n' : `${reply.text}\n`
}
