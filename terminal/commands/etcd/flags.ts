import { parseArguments } from '../arguments.ts'

const FLAGS = [
  'prefix',
  'keys-only',
  'print-value-only',
  'from-key',
  'count-only',
  'hex',
  'cluster',
  'insecure-skip-tls-verify',
  'insecure-transport',
  'debug',
  'h',
  'help',
  'skip-hash-check',
  'mark-compacted',
]
const VALUES = [
  'endpoints',
  'cacert',
  'cert',
  'key',
  'write-out',
  'w',
  'limit',
  'command-timeout',
  'dial-timeout',
  'keepalive-time',
  'keepalive-timeout',
  'user',
  'password',
  'order',
  'sort-by',
  'rev',
  'consistency',
  'data-dir',
  'wal-dir',
  'name',
  'initial-cluster',
  'initial-cluster-token',
  'initial-advertise-peer-urls',
  'bump-revision',
]

export interface EtcdFlags {
  readonly words: readonly string[]
  readonly has: (name: string) => boolean
  /** From the flag, or from ETCDCTL_… in the environment (etcdctl's flags are all variables too). */
  readonly value: (name: string) => string | undefined
  readonly output: string
  readonly unknown: string | undefined
}

export function etcdFlags(argv: readonly string[], env: ReadonlyMap<string, string>): EtcdFlags {
  const { words, flags, values, unknown } = parseArguments(argv, { flags: FLAGS, values: VALUES })
  const variable = (name: string) => env.get(`ETCDCTL_${name.toUpperCase().replaceAll('-', '_')}`)
  return {
    words,
    has: (name) => flags.has(name) || variable(name) === 'true',
    value: (name) => values.get(name) ?? variable(name),
    output: values.get('w') ?? values.get('write-out') ?? variable('write-out') ?? 'simple',
    unknown,
  }
}
