import type { ContainerProcess } from '../../node/programs/program.ts'
import { splitWords } from './protocol.ts'

/** What redis.conf and the command line set, by name in small letters. */
export type Settings = Map<string, string>

/** Names that `CONFIG GET` knows and their values where nobody sets them (redis: src/config.c). */
const DEFAULTS: readonly (readonly [name: string, value: string])[] = [
  ['appendfilename', 'appendonly.aof'],
  ['appendfsync', 'everysec'],
  ['appendonly', 'no'],
  ['bind', '* -::*'],
  ['cluster-config-file', 'nodes.conf'],
  ['cluster-enabled', 'no'],
  ['cluster-node-timeout', '15000'],
  ['daemonize', 'no'],
  ['databases', '16'],
  ['dbfilename', 'dump.rdb'],
  ['dir', '/data'],
  ['hz', '10'],
  ['include', ''],
  ['io-threads', '1'],
  ['logfile', ''],
  ['loglevel', 'notice'],
  ['masterauth', ''],
  ['maxclients', '10000'],
  ['maxmemory', '0'],
  ['maxmemory-policy', 'noeviction'],
  ['maxmemory-samples', '5'],
  ['min-replicas-to-write', '0'],
  ['pidfile', ''],
  ['port', '6379'],
  ['protected-mode', 'no'],
  ['rdbcompression', 'yes'],
  ['replica-announce-ip', ''],
  ['replica-read-only', 'yes'],
  ['replicaof', ''],
  ['requirepass', ''],
  ['save', '3600 1 300 100 60 10000'],
  ['slowlog-log-slower-than', '10000'],
  ['tcp-backlog', '511'],
  ['tcp-keepalive', '300'],
  ['timeout', '0'],
]

export const defaultSettings = (): Settings => new Map(DEFAULTS)

/** Why Redis does not start: its words on stderr or in its log. */
export class SettingsError extends Error {}

/** Reads `redis-server [file] [--name value …]` (redis: src/server.c, loadServerConfig). */
export function readSettings(process: ContainerProcess, version: string): Settings {
  const settings = defaultSettings()
  const words = process.argv.slice(1)
  const file = words[0] !== undefined && !words[0].startsWith('-') ? words.shift() : undefined
  if (file !== undefined) {
    const text = process.files.read(file.startsWith('/') ? file : `${process.cwd}/${file}`)
    if (text === undefined)
      throw new SettingsError(`Fatal error, can't open config file '${file}': No such file or directory`)
    for (const [index, line] of text.split('\n').entries()) setLine(settings, line, index + 1, version)
  }
  const options = words
    .join(' ')
    .split(/(?:^|\s)--/)
    .filter((part) => part.trim() !== '')
  for (const [index, line] of options.entries()) setLine(settings, line, index + 1, version)
  return settings
}

const NUMBERS = new Set(['port', 'databases', 'maxclients', 'timeout', 'tcp-backlog', 'hz'])
const SWITCHES = new Set(['appendonly', 'protected-mode', 'cluster-enabled', 'daemonize', 'replica-read-only'])
const OTHERS = new Set(['rename-command', 'loadmodule', 'user', 'client-output-buffer-limit', 'slaveof', 'tls-port'])

function setLine(settings: Settings, line: string, number: number, version: string): void {
  const text = line.trim()
  if (text === '' || text.startsWith('#')) return
  const broken = (why: string): SettingsError =>
    new SettingsError(
      `\n*** FATAL CONFIG FILE ERROR (Redis ${version}) ***\nReading the configuration file, at line ${number}\n>>> '${text}'\n${why}\n`,
    )
  const words = splitWords(text)
  if (words === undefined) throw broken('Unbalanced quotes in configuration line')
  const [name = '', ...values] = words
  const key = name.toLowerCase()
  if ((!settings.has(key) && !OTHERS.has(key)) || values.length === 0)
    throw broken('Bad directive or wrong number of arguments')
  const value = values.join(' ')
  if (NUMBERS.has(key) && !/^\d+$/.test(value)) throw broken("argument couldn't be parsed into an integer")
  if (SWITCHES.has(key) && !/^(yes|no)$/.test(value)) throw broken("argument must be 'yes' or 'no'")
  settings.set(key === 'slaveof' ? 'replicaof' : key, key === 'maxmemory' ? String(bytesOf(value)) : value)
}

/** `2mb` as Redis reads memory: 1k is 1000, 1kb is 1024. */
function bytesOf(text: string): number {
  const match = /^(\d+)(b|k|kb|m|mb|g|gb)?$/i.exec(text)
  if (match === null) return 0
  const unit = { '': 1, b: 1, k: 1e3, kb: 1024, m: 1e6, mb: 1024 ** 2, g: 1e9, gb: 1024 ** 3 }
  return Number(match[1]) * (unit[(match[2] ?? '').toLowerCase() as keyof typeof unit] ?? 1)
}
