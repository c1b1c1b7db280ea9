import { type ContainerProcess, type ContainerProgram, type Run, serve, sleep } from '../../node/programs/program.ts'
import type { Databases, Flavor } from '../sql/engine.ts'
import { answerCall } from '../sql/session.ts'

const INITIALIZING_MS = 1500
const STARTING_MS = 500

export const postgresVersion = (process: { readonly env: ReadonlyMap<string, string> }): string =>
  (process.env.get('PG_VERSION') ?? '18.1').replace(/-.*$/, '')

const dataOf = (process: ContainerProcess): string => process.env.get('PGDATA') ?? '/var/lib/postgresql/data'
const fileOf = (process: ContainerProcess): string => `${dataOf(process)}/base`

const stamp = (process: ContainerProcess): string =>
  new Date(process.now()).toISOString().replace('T', ' ').replace('Z', ' UTC')

function log(process: ContainerProcess, pid: number, text: string): void {
  process.err(`${stamp(process)} [${pid}] LOG:  ${text}\n`)
}

/** A variable of the entrypoint, whose value may stand in a file (`…_FILE`). */
function variable(process: ContainerProcess, name: string): string {
  const file = process.env.get(`${name}_FILE`)
  return process.env.get(name) ?? (file === undefined ? undefined : process.files.read(file)?.trim()) ?? ''
}

/** The entrypoint of the image: a new data directory is set up first, and wants to know a password. */
export const postgresEntrypoint: ContainerProgram = {
  name: 'docker-entrypoint.sh',
  *run(process): Run {
    const words = process.argv.slice(1)
    const argv = words[0]?.startsWith('-') ? ['postgres', ...words] : words
    const program = process.programs.get(argv[0] ?? '')
    if (program === undefined) {
      process.err(`/usr/local/bin/docker-entrypoint.sh: line 378: exec: ${argv[0]}: not found\n`)
      return 127
    }
    if (program.name !== 'postgres') return yield* program.run({ ...process, argv })
    const { frame } = process.frames.enter({ ready: false })
    if (!frame.ready) {
      const problem = process.files.read(fileOf(process)) === undefined ? refusalOf(process) : undefined
      if (problem !== undefined) {
        process.err(problem)
        return 1
      }
      if (process.files.read(fileOf(process)) === undefined) {
        yield* sleep(INITIALIZING_MS)
        initialize(process)
      } else process.out('\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n')
      frame.ready = true
    }
    return yield* program.run({ ...process, argv })
  },
}

function refusalOf(process: ContainerProcess): string | undefined {
  const data = dataOf(process)
  if (process.files.list(data).includes('lost+found'))
    return `initdb: error: directory "${data}" exists but is not empty\ninitdb: detail: It contains a lost+found directory, perhaps due to it being a mount point.\ninitdb: hint: Using a mount point directly as the data directory is not recommended.\nCreate a subdirectory under the mount point.\n`
  if (variable(process, 'POSTGRES_PASSWORD') !== '') return undefined
  if (process.env.get('POSTGRES_HOST_AUTH_METHOD') === 'trust') return undefined
  return 'Error: Database is uninitialized and superuser password is not specified.\n       You must specify POSTGRES_PASSWORD to a non-empty value for the\n       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".\n\n       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all\n       connections without a password. This is *not* recommended.\n       See PostgreSQL documentation about "trust":\n       https://www.postgresql.org/docs/current/auth-trust.html\n'
}

function initialize(process: ContainerProcess): void {
  const user = variable(process, 'POSTGRES_USER') || 'postgres'
  const database = variable(process, 'POSTGRES_DB') || user
  const names = [...new Set(['postgres', 'template0', 'template1', database])]
  const state: Databases = {
    users: Object.fromEntries([[user, variable(process, 'POSTGRES_PASSWORD')]]),
    databases: Object.fromEntries(names.map((name) => [name, {}])),
  }
  const data = dataOf(process)
  process.out(
    `The files belonging to this database system will be owned by user "postgres".\nThis user must also own the server process.\n\nThe database cluster will be initialized with locale "en_US.utf8".\nThe default database encoding has accordingly been set to "UTF8".\nThe default text search configuration will be set to "english".\n\nData page checksums are enabled.\n\nfixing permissions on existing directory ${data} ... ok\ncreating subdirectories ... ok\nselecting dynamic shared memory implementation ... posix\nselecting default "max_connections" ... 100\nselecting default "shared_buffers" ... 128MB\nselecting default time zone ... Etc/UTC\ncreating configuration files ... ok\nrunning bootstrap script ... ok\nperforming post-bootstrap initialization ... ok\nsyncing data to disk ... ok\n\n\nSuccess. You can now start the database server using:\n\n    pg_ctl -D ${data} -l logfile start\n\n`,
  )
  if (database !== 'postgres') process.out('CREATE DATABASE\n\n')
  process.files.write(fileOf(process), JSON.stringify(state))
  process.files.write(`${data}/PG_VERSION`, `${postgresVersion(process).split('.')[0]}\n`)
  process.out('\nPostgreSQL init process complete; ready for start up.\n\n')
}

function flavorOf(process: ContainerProcess): Flavor {
  const version = `PostgreSQL ${postgresVersion(process)} (Debian ${postgresVersion(process)}-1.pgdg13+1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 14.2.0-19) 14.2.0, 64-bit`
  return {
    version,
    constants: (user, database) =>
      new Map([
        ['version()', version],
        ['now()', new Date(process.now()).toISOString().replace('T', ' ').replace('Z', '+00')],
        ['current_user', user],
        ['current_database()', database],
        ['inet_server_port()', '5432'],
      ]),
  }
}

/** The server itself. */
export const postgresServer: ContainerProgram = {
  name: 'postgres',
  *run(process): Run {
    const version = postgresVersion(process)
    if (process.argv.includes('--version') || process.argv.includes('-V')) {
      process.out(`postgres (PostgreSQL) ${version} (Debian ${version}-1.pgdg13+1)\n`)
      return 0
    }
    if (process.user.uid === 0 && process.frames.depth === 0) {
      process.err('"root" execution of the PostgreSQL server is not permitted.\n')
      return 1
    }
    const words = process.argv.join(' ')
    const port = Number(/(?:-p\s*|port=)(\d+)/.exec(words)?.[1] ?? 5432)
    log(
      process,
      1,
      `starting PostgreSQL ${version} (Debian ${version}-1.pgdg13+1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 14.2.0-19) 14.2.0, 64-bit`,
    )
    log(process, 1, `listening on IPv4 address "0.0.0.0", port ${port}`)
    log(process, 1, `listening on IPv6 address "::", port ${port}`)
    log(process, 1, `listening on Unix socket "/var/run/postgresql/.s.PGSQL.${port}"`)
    log(process, 29, 'database system was shut down')
    yield* sleep(STARTING_MS)
    const trusts = process.env.get('POSTGRES_HOST_AUTH_METHOD') === 'trust' ? 'all' : 'local'
    process.listen({
      port,
      protocol: 'TCP',
      address: '0.0.0.0',
      speaks: 'text',
      reply: (text) =>
        answerCall(text, { files: process.files, path: fileOf(process), flavor: flavorOf(process), trusts }),
    })
    log(process, 1, 'database system is ready to accept connections')
    process.onTerminate(0, () => {
      log(process, 1, 'received fast shutdown request')
      log(process, 1, 'aborting any active transactions')
      log(process, 27, 'shutting down')
      log(process, 1, 'database system is shut down')
    })
    return yield* serve()
  },
}
