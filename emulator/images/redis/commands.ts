import { matchesPattern } from '../../node/shell/patterns.ts'
import type { Settings } from './configuration.ts'
import type { Data, Value } from './data.ts'
import { array, bulk, failure, integer, NIL, OK, type Reply } from './protocol.ts'

/** What a command works on. */
export interface Server {
  readonly data: Data
  readonly settings: Settings
  readonly now: number
  readonly info: (section: string | undefined) => string
}

interface Command {
  /** Words without the name: at least, and at most. */
  readonly words: readonly [least: number, most: number]
  readonly writes?: true
  run(words: readonly string[], server: Server): Reply
}

class WrongType extends Error {}

const NOT_A_NUMBER = failure('ERR value is not an integer or out of range')
const MANY = Number.POSITIVE_INFINITY

/** Items of a key of that type; none where there is no such key. */
function itemsOf({ data }: Server, key: string, type: Value['type']): readonly string[] {
  const value = data.get(key)
  if (value !== undefined && value.type !== type) throw new WrongType()
  return value?.items ?? []
}

function keep({ data }: Server, key: string, type: Value['type'], items: readonly string[]): void {
  const { expiresAt } = data.get(key) ?? {}
  if (items.length === 0) data.delete(key)
  else data.set(key, { type, items, ...(expiresAt !== undefined && { expiresAt }) })
}

const stringOf = (server: Server, key: string): string | undefined => itemsOf(server, key, 'string')[0]
const orNil = (text: string | undefined): Reply => (text === undefined ? NIL : bulk(text))

function add(server: Server, key: string, amount: string): Reply {
  const sum = Number(stringOf(server, key) ?? 0) + Number(amount)
  if (!/^-?\d+$/.test(amount) || !Number.isSafeInteger(sum)) return NOT_A_NUMBER
  keep(server, key, 'string', [String(sum)])
  return integer(sum)
}

function set([key = '', text = '', ...options]: readonly string[], server: Server): Reply {
  const words = options.map((word) => word.toUpperCase())
  const exists = server.data.get(key) !== undefined
  if ((words.includes('NX') && exists) || (words.includes('XX') && !exists)) return NIL
  const at = words.findIndex((word) => word === 'EX' || word === 'PX')
  if (words.some((word, index) => !['NX', 'XX', 'EX', 'PX', 'KEEPTTL'].includes(word) && index !== at + 1))
    return failure('ERR syntax error')
  const time = Number(options[at + 1]) * (words[at] === 'EX' ? 1000 : 1)
  if (at >= 0 && !(time > 0)) return failure("ERR invalid expire time in 'set' command")
  server.data.set(key, { type: 'string', items: [text], ...(at >= 0 && { expiresAt: server.now + time }) })
  return OK
}

function push(words: readonly string[], server: Server, left: boolean): Reply {
  const [key = '', ...added] = words
  const old = itemsOf(server, key, 'list')
  const items = left ? [...added.reverse(), ...old] : [...old, ...added]
  keep(server, key, 'list', items)
  return integer(items.length)
}

function pop(key: string, server: Server, left: boolean): Reply {
  const items = itemsOf(server, key, 'list')
  keep(server, key, 'list', left ? items.slice(1) : items.slice(0, -1))
  return orNil(left ? items[0] : items.at(-1))
}

function range([key = '', from = '', to = '']: readonly string[], server: Server): Reply {
  const items = itemsOf(server, key, 'list')
  const place = (text: string): number => (Number(text) < 0 ? items.length + Number(text) : Number(text))
  if (![from, to].every((text) => /^-?\d+$/.test(text))) return NOT_A_NUMBER
  return array(items.slice(Math.max(0, place(from)), place(to) + 1).map(bulk))
}

function pairs(items: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  for (let index = 0; index + 1 < items.length; index += 2) found.set(items[index] ?? '', items[index + 1] ?? '')
  return found
}

function hashSet([key = '', ...fields]: readonly string[], server: Server): Reply {
  if (fields.length % 2 === 1) return failure("ERR wrong number of arguments for 'hset' command")
  const hash = pairs(itemsOf(server, key, 'hash'))
  const before = hash.size
  for (const [name, value] of pairs(fields)) hash.set(name, value)
  keep(server, key, 'hash', [...hash].flat())
  return integer(hash.size - before)
}

function expire([key = '', seconds = '']: readonly string[], server: Server): Reply {
  const value = server.data.get(key)
  if (value === undefined) return integer(0)
  server.data.set(key, { ...value, expiresAt: server.now + Number(seconds) * 1000 })
  return integer(1)
}

function timeToLive(key: string, { data, now }: Server): Reply {
  const value = data.get(key)
  if (value === undefined) return integer(-2)
  return integer(value.expiresAt === undefined ? -1 : Math.round((value.expiresAt - now) / 1000))
}

function config([action = '', ...words]: readonly string[], { settings }: Server): Reply {
  if (action.toUpperCase() === 'GET') {
    const wanted = (name: string): boolean => words.some((pattern) => matchesPattern(pattern.toLowerCase(), name))
    return array([...settings].flatMap(([name, value]) => (wanted(name) ? [bulk(name), bulk(value)] : [])))
  }
  if (action.toUpperCase() === 'REWRITE') return failure('ERR The server is running without a config file')
  const [name = '', value = ''] = words
  if (action.toUpperCase() !== 'SET') return failure(`ERR unknown subcommand '${action}'. Try CONFIG HELP.`)
  if (!settings.has(name.toLowerCase()))
    return failure(`ERR Unknown option or number of arguments for CONFIG SET - '${name}'`)
  settings.set(name.toLowerCase(), value)
  return OK
}

function flush(_: readonly string[], { data }: Server): Reply {
  data.clear()
  return OK
}

const counted = (words: readonly string[], is: (key: string) => boolean): Reply => integer(words.filter(is).length)

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['ping', { words: [0, 1], run: ([text]) => (text === undefined ? { kind: 'status', text: 'PONG' } : bulk(text)) }],
  ['echo', { words: [1, 1], run: ([text = '']) => bulk(text) }],
  [
    'select',
    {
      words: [1, 1],
      run: ([index = '']) => (/^(\d|1[0-5])$/.test(index) ? OK : failure('ERR DB index is out of range')),
    },
  ],
  ['quit', { words: [0, 0], run: () => OK }],
  ['time', { words: [0, 0], run: (_, { now }) => array([bulk(String(Math.floor(now / 1000))), bulk('0')]) }],
  ['info', { words: [0, MANY], run: ([section], { info }) => bulk(info(section?.toLowerCase())) }],
  ['role', { words: [0, 0], run: () => array([bulk('master'), integer(0), array([])]) }],
  ['config', { words: [1, MANY], run: config }],
  ['dbsize', { words: [0, 0], run: (_, { data }) => integer(data.keys().length) }],
  [
    'keys',
    {
      words: [1, 1],
      run: ([pattern = ''], { data }) =>
        array(
          data
            .keys()
            .filter((key) => matchesPattern(pattern, key))
            .map(bulk),
        ),
    },
  ],
  ['exists', { words: [1, MANY], run: (words, { data }) => counted(words, (key) => data.get(key) !== undefined) }],
  ['del', { words: [1, MANY], run: (words, { data }) => counted(words, (key) => data.delete(key)) }],
  ['unlink', { words: [1, MANY], run: (words, { data }) => counted(words, (key) => data.delete(key)) }],
  ['type', { words: [1, 1], run: ([key = ''], { data }) => ({ kind: 'status', text: data.get(key)?.type ?? 'none' }) }],
  ['expire', { words: [2, 2], run: expire }],
  ['ttl', { words: [1, 1], run: ([key = ''], server) => timeToLive(key, server) }],
  ['flushall', { words: [0, 1], run: flush }],
  ['flushdb', { words: [0, 1], run: flush }],
  ['save', { words: [0, 0], run: () => OK }],
  ['get', { words: [1, 1], run: ([key = ''], server) => orNil(stringOf(server, key)) }],
  ['set', { words: [2, MANY], writes: true, run: set }],
  [
    'setnx',
    { words: [2, 2], writes: true, run: (words, server) => integer(set([...words, 'NX'], server) === OK ? 1 : 0) },
  ],
  [
    'append',
    {
      words: [2, 2],
      writes: true,
      run: ([key = '', text = ''], server) => {
        const whole = (stringOf(server, key) ?? '') + text
        keep(server, key, 'string', [whole])
        return integer(whole.length)
      },
    },
  ],
  ['strlen', { words: [1, 1], run: ([key = ''], server) => integer((stringOf(server, key) ?? '').length) }],
  ['mget', { words: [1, MANY], run: (words, server) => array(words.map((key) => orNil(stringOf(server, key)))) }],
  [
    'mset',
    {
      words: [2, MANY],
      writes: true,
      run: (words, server) => {
        for (const [key, text] of pairs(words)) keep(server, key, 'string', [text])
        return OK
      },
    },
  ],
  ['incr', { words: [1, 1], writes: true, run: ([key = ''], server) => add(server, key, '1') }],
  ['decr', { words: [1, 1], writes: true, run: ([key = ''], server) => add(server, key, '-1') }],
  ['incrby', { words: [2, 2], writes: true, run: ([key = '', amount = ''], server) => add(server, key, amount) }],
  ['lpush', { words: [2, MANY], writes: true, run: (words, server) => push(words, server, true) }],
  ['rpush', { words: [2, MANY], writes: true, run: (words, server) => push(words, server, false) }],
  ['lpop', { words: [1, 1], run: ([key = ''], server) => pop(key, server, true) }],
  ['rpop', { words: [1, 1], run: ([key = ''], server) => pop(key, server, false) }],
  ['llen', { words: [1, 1], run: ([key = ''], server) => integer(itemsOf(server, key, 'list').length) }],
  ['lrange', { words: [3, 3], run: range }],
  [
    'sadd',
    {
      words: [2, MANY],
      writes: true,
      run: ([key = '', ...added], server) => {
        const old = itemsOf(server, key, 'set')
        const all = [...new Set([...old, ...added])]
        keep(server, key, 'set', all)
        return integer(all.length - old.length)
      },
    },
  ],
  ['smembers', { words: [1, 1], run: ([key = ''], server) => array(itemsOf(server, key, 'set').map(bulk)) }],
  ['scard', { words: [1, 1], run: ([key = ''], server) => integer(itemsOf(server, key, 'set').length) }],
  ['hset', { words: [3, MANY], writes: true, run: hashSet }],
  [
    'hget',
    { words: [2, 2], run: ([key = '', name = ''], server) => orNil(pairs(itemsOf(server, key, 'hash')).get(name)) },
  ],
  ['hgetall', { words: [1, 1], run: ([key = ''], server) => array(itemsOf(server, key, 'hash').map(bulk)) }],
  ['publish', { words: [2, 2], run: () => integer(0) }],
])

/** Carries out one command (redis: src/server.c, processCommand). */
export function execute([name = '', ...words]: readonly string[], server: Server): Reply {
  const command = COMMANDS.get(name.toLowerCase())
  if (command === undefined) {
    const shown = words.map((word) => `'${word}' `).join('')
    return failure(`ERR unknown command '${name}', with args beginning with: ${shown}`)
  }
  const [least, most] = command.words
  if (words.length < least || words.length > most)
    return failure(`ERR wrong number of arguments for '${name.toLowerCase()}' command`)
  const limit = Number(server.settings.get('maxmemory'))
  const refuses = server.settings.get('maxmemory-policy') === 'noeviction'
  if (command.writes && (server.data.isFull || (limit > 0 && refuses && server.data.bytes > limit)))
    return failure("OOM command not allowed when used memory > 'maxmemory'.")
  if (command.writes && server.settings.get('replicaof') !== '')
    return failure("READONLY You can't write against a read only replica.")
  try {
    return command.run(words, server)
  } catch (error) {
    if (!(error instanceof WrongType)) throw error
    return failure('WRONGTYPE Operation against a key holding the wrong kind of value')
  }
}
