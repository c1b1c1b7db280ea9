import { readBackup } from '../../../emulator/index.ts'
import { type CommandContext, defineCommand } from '../../types.ts'
import { databaseSize, sizeText } from './database.ts'
import { ETCD_VERSION, MEMBER } from './etcdctl.ts'
import { type EtcdFlags, etcdFlags } from './flags.ts'
import { boxTable } from './text-table.ts'

const USAGE = `Usage:
  etcdutl [command]

Available Commands:
  snapshot    Manages etcd node snapshots
  version     Prints the version of etcdutl

Flags:
  -h, --help               help for etcdutl
  -w, --write-out string   set the output format (fields, json, protobuf, simple, table) (default "simple")

Use "etcdutl [command] --help" for more information about a command.
`

/** etcdutl 3.6: reads backups, and makes data directories of them. */
export const etcdutl = defineCommand({
  name: 'etcdutl',
  summary: "Read etcd's backups and restore them",
  async run(context) {
    const flags = etcdFlags(context.argv.slice(1), new Map())
    if (context.place.kind === 'machine' && context.cluster.machine(context.place.name)?.role !== 'control-plane') {
      context.err('etcdutl: command not found\n')
      return 127
    }
    if (flags.unknown !== undefined) {
      context.err(`Error: unknown flag: ${flags.unknown}\n`)
      return 1
    }
    const [first = '', second = '', path] = flags.words
    if (first === 'version') {
      context.out(`etcdutl version: ${ETCD_VERSION}\nAPI version: 3.6\n`)
      return 0
    }
    if (first === 'snapshot' && second === 'status') return await status(context, flags, path)
    if (first === 'snapshot' && second === 'restore') return await restore(context, flags, path)
    if (first === '' || first === 'help' || first === 'snapshot') {
      context.out(USAGE)
      return 0
    }
    context.err(`Error: unknown command ${JSON.stringify(first)} for "etcdutl"\nRun 'etcdutl --help' for usage.\n`)
    return 1
  },
})

async function backupAt(context: CommandContext, path: string) {
  const text = await context.files.read(path)
  const saved = text === undefined ? undefined : readBackup(text)
  if (text === undefined) context.err(`Error: stat ${path}: no such file or directory\n`)
  else if (saved === undefined) context.err('Error: invalid database\n')
  return saved && text !== undefined ? { saved, text } : undefined
}

async function status(context: CommandContext, flags: EtcdFlags, path: string | undefined): Promise<number> {
  if (path === undefined) {
    context.err('Error: snapshot status requires exactly one argument\n')
    return 128
  }
  const found = await backupAt(context, path)
  if (found === undefined) return 1
  const entries = context.cluster.etcd.entries()
  const row = [
    hashOf(found.text),
    String(found.saved.revision),
    String(entries.length),
    sizeText(databaseSize(entries)),
    '3.6.0',
  ]
  if (flags.output === 'table')
    context.out(boxTable(['HASH', 'REVISION', 'TOTAL KEYS', 'TOTAL SIZE', 'VERSION'], [row]))
  else if (flags.output === 'json')
    context.out(
      `${JSON.stringify({ hash: Number.parseInt(row[0] ?? '', 16), revision: found.saved.revision, totalKey: entries.length, totalSize: databaseSize(entries), version: '3.6.0' })}\n`,
    )
  else context.out(`${row.join(', ')}\n`)
  return 0
}

/** FNV-1a: tells one backup from another. */
function hashOf(text: string): string {
  let hash = 0x811c_9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193) >>> 0
  return hash.toString(16).padStart(8, '0')
}

async function restore(context: CommandContext, flags: EtcdFlags, path: string | undefined): Promise<number> {
  if (path === undefined) {
    context.err('Error: snapshot restore requires exactly one argument\n')
    return 128
  }
  const name = flags.value('name') ?? 'default'
  const directory = (flags.value('data-dir') ?? `${name}.etcd`).replace(/\/+$/, '')
  const found = await backupAt(context, path)
  if (found === undefined) return 1
  if ((await context.files.isDirectory(directory)) && (await context.files.list(directory)).length > 0) {
    context.err(`Error: data-dir ${JSON.stringify(directory)} not empty or could not be read\n`)
    return 1
  }
  const log = (caller: string, msg: string, more: object) =>
    context.err(
      `${new Date(context.cluster.now()).toISOString().slice(0, 19)}Z\tinfo\t${caller}\t${msg}\t${spaced(more)}\n`,
    )
  const about = {
    path,
    'wal-dir': `${directory}/member/wal`,
    'data-dir': directory,
    'snap-dir': `${directory}/member/snap`,
  }
  log('snapshot/v3_snapshot.go:305', 'restoring snapshot', { ...about, 'initial-memory-map-size': 10_737_418_240 })
  log('membership/store.go:138', 'Trimming membership information from the backend...', {})
  log('membership/cluster.go:424', 'added member', {
    'cluster-id': 'cdf818194e3a8c32',
    'local-member-id': '0',
    'added-peer-id': MEMBER,
    'added-peer-peer-urls': [flags.value('initial-advertise-peer-urls') ?? 'http://localhost:2380'],
    'added-peer-is-learner': false,
  })
  const { stderr, code } = await context.runLine(
    `mkdir -p ${quote(`${directory}/member/snap`)} ${quote(`${directory}/member/wal`)}`,
  )
  if (code !== 0) {
    context.err(`Error: mkdir ${directory}: ${stderr.split(': ').at(-1) ?? ''}`)
    return 1
  }
  await context.files.write(`${directory}/member/snap/db`, found.text)
  log('snapshot/v3_snapshot.go:333', 'restored snapshot', { ...about, 'initial-memory-map-size': 10_737_418_240 })
  return 0
}

const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

/** zap's console encoder puts a blank behind colons and commas. */
function spaced(fields: object): string {
  const parts = Object.entries(fields).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  return parts.length === 0 ? '' : `{${parts.join(', ')}}`
}
