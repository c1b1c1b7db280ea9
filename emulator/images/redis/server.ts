import { type ContainerProcess, type ContainerProgram, type Run, serve } from '../../node/programs/program.ts'
import { execute, type Server } from './commands.ts'
import { readSettings, type Settings, SettingsError } from './configuration.ts'
import { Data, type Memory, parseEntries } from './data.ts'
import { encodeReply, failure, OK, type Reply, splitWords } from './protocol.ts'

/** `redis-server`: it listens where its configuration says and keeps what it is given in memory. */
export const redisServer: ContainerProgram = { name: 'redis-server', run }

const versionOf = (process: ContainerProcess): string => process.env.get('REDIS_VERSION') ?? '8.2.2'

function* run(process: ContainerProcess): Run {
  const version = versionOf(process)
  if (process.argv.slice(1).some((word) => word === '-v' || word === '--version')) {
    process.out(`Redis server v=${version} sha=00000000:1 malloc=jemalloc-5.3.0 bits=64 build=9a0fbd6a9bb3b4a8\n`)
    return 0
  }
  const { frame } = process.frames.enter<Memory>({ entries: [], commands: 0 })
  const settings = settingsOf(process, version)
  if (settings === undefined) return 1
  if (frame.entries.length === 0) {
    const entries = loadDump(process, settings)
    if (entries === undefined) {
      log(process, 'M', '#', 'Short read or OOM loading DB. Unrecoverable error, aborting now.')
      return 1
    }
    frame.entries = entries
  }
  const port = Number(settings.get('port'))
  const bind = settings.get('bind') ?? ''
  const local = bind.split(/\s+/).every((address) => /^-?(127\.|::1|localhost)/.test(address))
  const data = new Data(frame, () => process.now())
  const opened = process.listen({
    port,
    protocol: 'TCP',
    address: local ? '127.0.0.1' : '0.0.0.0',
    speaks: 'text',
    reply: (text) => answer(text, { data, settings, now: process.now(), info: infoOf(process, data, frame) }, frame),
  })
  logStart(process, version, settings)
  if (!opened) {
    log(
      process,
      'M',
      '#',
      `Warning: Could not create server TCP listening socket *:${port}: bind: Address already in use`,
    )
    log(process, 'M', '#', 'Failed listening on port 6379 (tcp), aborting.')
    return 1
  }
  process.onTerminate(0, () => saved(process, settings, frame))
  return yield* serve()
}

const dumpOf = (settings: Settings): string => `${settings.get('dir')}/${settings.get('dbfilename')}`

/** What an earlier server of the same folder left; undefined where somebody has spoilt it. */
function loadDump(process: ContainerProcess, settings: Settings): Memory['entries'] | undefined {
  const text = process.files.read(dumpOf(settings))
  return text?.startsWith(MAGIC) === true ? parseEntries(text.slice(MAGIC.length)) : []
}

/** TERM: with save points it writes its file before it goes. */
function saved(process: ContainerProcess, settings: Settings, memory: Memory): void {
  log(process, 'M', '*', 'User requested shutdown...')
  if ((settings.get('save') ?? '').replace(/"/g, '') !== '') {
    log(process, 'M', '*', 'Saving the final RDB snapshot before exiting.')
    process.files.write(dumpOf(settings), MAGIC + JSON.stringify(memory.entries))
    log(process, 'M', '*', 'DB saved on disk')
  }
  log(process, 'M', '#', 'Redis is now ready to exit, bye bye...')
}

const MAGIC = 'REDIS0012'

function settingsOf(process: ContainerProcess, version: string): Settings | undefined {
  try {
    return readSettings(process, version)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    if (error.message.startsWith('Fatal')) log(process, 'C', '#', error.message)
    else process.err(error.message)
    return undefined
  }
}

/** All commands of one text on one connection; with a password nothing but AUTH is heard before it. */
function answer(text: string, server: Server, memory: Memory): string {
  const password = server.settings.get('requirepass') ?? ''
  let known = password === ''
  const one = (line: string): Reply => {
    const words = splitWords(line)
    if (words === undefined) return failure('ERR Protocol error: unbalanced quotes in request')
    const name = words[0]?.toLowerCase()
    if (name === 'auth') {
      const given = words.at(-1)
      if (password === '')
        return failure(
          'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
        )
      known = given === password
      return known ? OK : failure('WRONGPASS invalid username-password pair or user is disabled.')
    }
    memory.commands += 1
    return known ? execute(words, server) : failure('NOAUTH Authentication required.')
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  return lines.map((line) => encodeReply(one(line))).join('')
}

const infoOf =
  (process: ContainerProcess, data: Data, memory: Memory) =>
  (section: string | undefined): string => {
    const keys = data.keys().length
    const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
      [
        'Server',
        [
          `redis_version:${versionOf(process)}`,
          'redis_mode:standalone',
          'os:Linux 6.8.0-88-generic x86_64',
          'tcp_port:6379',
        ],
      ],
      ['Clients', ['connected_clients:1', 'blocked_clients:0']],
      ['Memory', [`used_memory:${900_000 + data.bytes}`]],
      ['Stats', [`total_commands_processed:${memory.commands}`]],
      ['Replication', ['role:master', 'connected_slaves:0']],
      ['Keyspace', keys === 0 ? [] : [`db0:keys=${keys},expires=0,avg_ttl=0`]],
    ]
    const wanted = sections.filter(([title]) => section === undefined || section === title.toLowerCase())
    return wanted.map(([title, lines]) => `# ${title}\r\n${lines.map((line) => `${line}\r\n`).join('')}`).join('\r\n')
  }

function log(process: ContainerProcess, role: 'C' | 'M', level: '*' | '#', text: string): void {
  const at = new Date(process.now())
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(at.toUTCString()) ?? []
  const milliseconds = String(at.getUTCMilliseconds()).padStart(3, '0')
  process.out(`1:${role} ${day} ${month} ${year} ${time}.${milliseconds} ${level} ${text}\n`)
}

function logStart(process: ContainerProcess, version: string, settings: Settings): void {
  const [first] = process.argv.slice(1)
  log(process, 'C', '*', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo')
  log(process, 'C', '*', `Redis version=${version}, bits=64, commit=00000000, modified=1, pid=1, just started`)
  if (first === undefined)
    log(
      process,
      'C',
      '#',
      'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
    )
  else log(process, 'C', '*', 'Configuration loaded')
  log(process, 'M', '*', 'monotonic clock: POSIX clock_gettime')
  log(process, 'M', '*', `Running mode=standalone, port=${settings.get('port')}.`)
  log(process, 'M', '*', 'Server initialized')
  log(process, 'M', '*', 'Ready to accept connections tcp')
}
