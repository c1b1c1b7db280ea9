import { readBackup } from '../../../emulator/index.ts'
import { type CommandContext, defineCommand } from '../../types.ts'
import { endpointsOf, gaveUp, problemOf, warn } from './connection.ts'
import { databaseSize, sizeText } from './database.ts'
import { type EtcdFlags, etcdFlags } from './flags.ts'
import { get } from './get.ts'
import { boxTable } from './text-table.ts'

export const ETCD_VERSION = '3.6.8'
export const MEMBER = '8e9e05c52164694d'
const USAGE = `NAME:
	etcdctl - A simple command line client for etcd3.

USAGE:
	etcdctl [flags]

VERSION:
	${ETCD_VERSION}

API VERSION:
	3.6

COMMANDS:
	endpoint health		Checks the healthiness of endpoints specified in \`--endpoints\` flag
	endpoint status		Prints out the status of endpoints specified in \`--endpoints\` flag
	get			Gets the key or a range of keys
	member list		Lists all members in the cluster
	snapshot save		Stores an etcd node backend snapshot to a given file
	version			Prints the version of etcdctl

`
const SNAPSHOT_USAGE = `NAME:
	snapshot - Manages etcd node snapshots

USAGE:
	etcdctl snapshot <subcommand> [flags]

API VERSION:
	3.6

COMMANDS:
	save	Stores an etcd node backend snapshot to a given file

OPTIONS:
  -h, --help[=false]	help for snapshot

`

type Verb = (context: CommandContext, flags: EtcdFlags, words: readonly string[]) => Promise<number>

/** etcdctl 3.6: with the certificates of the control plane it sees what the API server has stored. */
export const etcdctl = defineCommand({
  name: 'etcdctl',
  summary: 'Look into etcd, and back it up',
  async run(context) {
    const flags = etcdFlags(context.argv.slice(1), context.env)
    if (context.place.kind === 'machine' && context.cluster.machine(context.place.name)?.role !== 'control-plane') {
      context.err("Command 'etcdctl' not found, but can be installed with:\napt install etcd-client\n")
      return 127
    }
    if (flags.unknown !== undefined) {
      context.err(`Error: unknown flag: ${flags.unknown}\n`)
      return 1
    }
    const [first = '', second = ''] = flags.words
    const verb = VERBS.get(first) ?? VERBS.get(`${first} ${second}`)
    if (verb !== undefined && !flags.has('help') && !flags.has('h'))
      return await verb(context, flags, flags.words.slice(VERBS.has(first) ? 1 : 2))
    if (first === 'put' || first === 'del') {
      context.err(`etcdctl: writing past the API server is not emulated\n`)
      return 1
    }
    if (first === 'snapshot') context.out(SNAPSHOT_USAGE)
    else if (first === '' || first === 'help') context.out(USAGE)
    else context.err(`Error: unknown command ${JSON.stringify(first)} for "etcdctl"\nRun 'etcdctl --help' for usage.\n`)
    return first === '' || first === 'help' || first === 'snapshot' ? 0 : 1
  },
})

/** Goes on if the first endpoint answers. */
function answered(verb: Verb): Verb {
  return async (context, flags, words) => {
    const [endpoint = ''] = endpointsOf(flags)
    const problem = await problemOf(context, flags, endpoint)
    if (problem === undefined) return await verb(context, flags, words)
    if ('connection' in problem) return await gaveUp(context, endpoint, problem.connection)
    context.err(`Error: ${problem.fatal}\n`)
    return 1
  }
}

const health: Verb = async (context, flags) => {
  let worst = 0
  const rows: string[][] = []
  for (const endpoint of endpointsOf(flags)) {
    const problem = await problemOf(context, flags, endpoint)
    if (problem !== undefined && 'fatal' in problem) {
      context.err(`Error: ${problem.fatal}\n`)
      return 1
    }
    if (problem !== undefined) {
      await context.time.sleep(5_000, context.signal)
      warn(context, endpoint, problem.connection)
      worst = 1
    }
    rows.push([
      endpoint,
      String(problem === undefined),
      problem === undefined ? '9.117421ms' : '5.001213475s',
      problem === undefined ? '' : 'context deadline exceeded',
    ])
  }
  if (flags.output === 'table') context.out(boxTable(['ENDPOINT', 'HEALTH', 'TOOK', 'ERROR'], rows))
  else if (flags.output === 'json')
    context.out(
      `${JSON.stringify(rows.map(([endpoint, is, took, error]) => ({ endpoint, health: is === 'true', took, ...(error && { error }) })))}\n`,
    )
  else
    for (const [endpoint, is, took] of rows) {
      if (is === 'true') context.out(`${endpoint} is healthy: successfully committed proposal: took = ${took}\n`)
      else context.err(`${endpoint} is unhealthy: failed to commit proposal: context deadline exceeded\n`)
    }
  if (worst > 0) context.err('Error: unhealthy cluster\n')
  return worst
}

const status: Verb = answered(async (context, flags) => {
  const { revision } = context.cluster.etcd
  const size = databaseSize(context.cluster.etcd.entries())
  const rows = endpointsOf(flags).map((endpoint) => [
    endpoint,
    MEMBER,
    ETCD_VERSION,
    '3.6.0',
    sizeText(size),
    sizeText(size * 0.44),
    '56%',
    '2.1 GB',
    'true',
    'false',
    '2',
    String(revision + 12),
    String(revision + 12),
    '',
    '',
    'false',
  ])
  if (flags.output === 'table')
    context.out(
      boxTable(
        [
          'ENDPOINT',
          'ID',
          'VERSION',
          'STORAGE VERSION',
          'DB SIZE',
          'IN USE',
          'PERCENTAGE NOT IN USE',
          'QUOTA',
          'IS LEADER',
          'IS LEARNER',
          'RAFT TERM',
          'RAFT INDEX',
          'RAFT APPLIED INDEX',
          'ERRORS',
          'DOWNGRADE TARGET VERSION',
          'DOWNGRADE ENABLED',
        ],
        rows,
      ),
    )
  else context.out(rows.map((row) => `${row.join(', ')}\n`).join(''))
  return 0
})

const members: Verb = answered(async (context, flags) => {
  const plane = context.cluster.machines.find(({ role }) => role === 'control-plane')
  const row = [
    MEMBER,
    'started',
    plane?.name ?? '',
    `https://${plane?.address}:2380`,
    `https://${plane?.address}:2379`,
    'false',
  ]
  if (flags.output === 'table')
    context.out(boxTable(['ID', 'STATUS', 'NAME', 'PEER ADDRS', 'CLIENT ADDRS', 'IS LEARNER'], [row]))
  else context.out(`${row.join(', ')}\n`)
  return 0
})

const save: Verb = answered(async (context, flags, [path]) => {
  if (path === undefined) {
    context.err('Error: snapshot save expects one argument\n')
    return 128
  }
  const [endpoint = ''] = endpointsOf(flags)
  const log = (caller: string, msg: string, more: object = {}) =>
    context.err(
      `${JSON.stringify({ level: 'info', ts: new Date(context.cluster.now()).toISOString().replace('Z', '000Z'), caller, msg, ...more })}\n`,
    )
  log('snapshot/v3_snapshot.go:83', 'created temporary db file', { path: `${path}.part` })
  const text = context.cluster.etcd.backup()
  try {
    await context.files.write(path, text)
  } catch {
    context.err(`Error: could not open ${path}.part (open ${path}.part: no such file or directory)\n`)
    return 1
  }
  log('v3@v3.6.8/maintenance.go:236', 'opened snapshot stream; downloading')
  log('snapshot/v3_snapshot.go:96', 'fetching snapshot', { endpoint })
  log('v3@v3.6.8/maintenance.go:302', 'completed snapshot read; closing')
  const size = sizeText(databaseSize(context.cluster.etcd.entries()))
  log('snapshot/v3_snapshot.go:111', 'fetched snapshot', {
    endpoint,
    size,
    took: '71.281937ms',
    'etcd-version': '3.6.0',
  })
  log('snapshot/v3_snapshot.go:121', 'saved', { path })
  context.out(`Snapshot saved at ${path}\nServer version 3.6.0\n`)
  return readBackup(text) === undefined ? 1 : 0
})

const version: Verb = async ({ out }) => {
  out(`etcdctl version: ${ETCD_VERSION}\nAPI version: 3.6\n`)
  return 0
}

const VERBS: ReadonlyMap<string, Verb> = new Map([
  ['get', answered(get)],
  ['endpoint health', health],
  ['endpoint status', status],
  ['member list', members],
  ['snapshot save', save],
  ['version', version],
])
