import { type ContainerProcess, type ContainerProgram, type Run, serve, sleep } from '../../node/programs/program.ts'
import type { Databases } from '../sql/engine.ts'
import { answerCall } from '../sql/session.ts'
import { type Brand, sqlFlavor, variable } from './flavor.ts'

/** Where the databases are: with a volume there they outlive the Pod. */
const DATA = '/var/lib/mysql'
const DATA_FILE = `${DATA}/ibdata1`
const INITIALIZING_MS = 4000
const STARTING_MS = 1000

/** The entrypoint of the image: a new data directory is set up first, and wants to know a password. */
export function mysqlEntrypoint(name: string, brand: Brand): ContainerProgram {
  return {
    name,
    *run(process): Run {
      const words = process.argv.slice(1)
      const argv = words[0]?.startsWith('-') ? [brand.server, ...words] : words
      const program = process.programs.get(argv[0] ?? '')
      if (program === undefined) {
        process.err(`/usr/local/bin/docker-entrypoint.sh: line 427: exec: ${argv[0]}: not found\n`)
        return 127
      }
      if (program.name !== brand.server) return yield* program.run({ ...process, argv })
      const { frame } = process.frames.enter({ ready: false })
      if (!frame.ready) {
        const problem = yield* prepare(process, brand)
        if (problem !== undefined) return problem
        frame.ready = true
      }
      return yield* program.run({ ...process, argv })
    },
  }
}

function note(process: ContainerProcess, text: string, level = 'Note'): void {
  const at = new Date(process.now()).toISOString().slice(0, 19).replace('T', ' ')
  const line = `${at}+00:00 [${level}] [Entrypoint]: ${text}\n`
  if (level === 'Note') process.out(line)
  else process.err(line)
}

function* prepare(
  process: ContainerProcess,
  brand: Brand,
): Generator<{ kind: 'sleep'; ms: number }, number | undefined> {
  const title = `Entrypoint script for ${brand.name} Server ${brand.packaged(process)} started.`
  note(process, title)
  note(process, `Switching to dedicated user 'mysql'`)
  note(process, title)
  if (process.files.read(DATA_FILE) !== undefined) return undefined
  const refusal = refusalOf(process, brand)
  if (refusal !== undefined) {
    note(process, refusal, 'ERROR')
    return 1
  }
  note(process, 'Initializing database files')
  yield* sleepMs(INITIALIZING_MS)
  note(process, 'Database files initialized')
  note(process, 'Starting temporary server')
  note(process, 'Temporary server started.')
  const made = firstDatabases(process, brand)
  for (const line of made.said) note(process, line)
  process.files.write(DATA_FILE, JSON.stringify(made.state))
  note(process, 'Stopping temporary server')
  note(process, 'Temporary server stopped')
  note(process, `${brand.name} init process done. Ready for start up.`)
  return undefined
}

function* sleepMs(ms: number): Generator<{ kind: 'sleep'; ms: number }, void> {
  yield { kind: 'sleep', ms }
}

function refusalOf(process: ContainerProcess, brand: Brand): string | undefined {
  const given = ['ROOT_PASSWORD', 'ALLOW_EMPTY_PASSWORD', 'RANDOM_ROOT_PASSWORD', 'ALLOW_EMPTY_ROOT_PASSWORD']
  if (given.some((name) => variable(process, brand, name) !== '')) {
    if (brand.name === 'MariaDB' || variable(process, brand, 'USER') !== 'root') return undefined
    return `MYSQL_USER="root", MYSQL_USER and MYSQL_PASSWORD are for configuring a regular user and cannot be used for the root user\n    Remove MYSQL_USER="root" and use one of the following to control the root user password:\n    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD`
  }
  const missing = 'Database is uninitialized and password option is not specified\n'
  return brand.name === 'MySQL'
    ? `${missing}    You need to specify one of the following as an environment variable:\n    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD`
    : `${missing}\tYou need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD`
}

function firstDatabases(process: ContainerProcess, brand: Brand): { state: Databases; said: readonly string[] } {
  const [root, database, user, password] = ['ROOT_PASSWORD', 'DATABASE', 'USER', 'PASSWORD'].map((name) =>
    variable(process, brand, name),
  )
  const own = ['information_schema', 'mysql', 'performance_schema', 'sys', ...(database ? [database] : [])]
  const users = [['root', root ?? ''], ...(user ? [[user, password ?? '']] : [])]
  return {
    state: {
      users: Object.fromEntries(users) as Databases['users'],
      databases: Object.fromEntries(own.map((name) => [name, {}])),
    },
    said: [
      ...(database ? [`Creating database ${database}`] : []),
      ...(user && password ? [`Creating user ${user}`] : []),
      ...(user && password && database ? [`Giving user ${user} access to schema ${database}`] : []),
    ],
  }
}

/** The server itself: it answers when its files are there. */
export function mysqlServer(brand: Brand): ContainerProgram {
  return {
    name: brand.server,
    *run(process): Run {
      const version = brand.version(process)
      if (process.argv.includes('--version') || process.argv.includes('-V')) {
        process.out(`/usr/sbin/${brand.server}  Ver ${version} for Linux on x86_64\n`)
        return 0
      }
      if (process.files.read(DATA_FILE) === undefined) {
        log(process, brand, 'ERROR', 'MY-010020', 'Data Dictionary initialization failed.')
        log(process, brand, 'ERROR', 'MY-010119', 'Aborting')
        return 1
      }
      const port = Number(/--port=(\d+)/.exec(process.argv.join(' '))?.[1] ?? 3306)
      const local = /--bind-address=(127\.|localhost)/.test(process.argv.join(' '))
      log(process, brand, 'System', 'MY-010116', `/usr/sbin/${brand.server} (mysqld ${version}) starting as process 1`)
      yield* sleep(STARTING_MS)
      log(process, brand, 'System', 'MY-013577', 'InnoDB initialization has ended.')
      process.listen({
        port,
        protocol: 'TCP',
        address: local ? '127.0.0.1' : '0.0.0.0',
        speaks: 'text',
        reply: (text) =>
          answerCall(text, {
            files: process.files,
            path: DATA_FILE,
            flavor: sqlFlavor(process, brand),
            trusts: 'nobody',
          }) ?? `J\u0000\u0000\u0000\n${version}\u0000`,
      })
      const ready = `/usr/sbin/${brand.server}: ready for connections. Version: '${version}'  socket: '/var/run/mysqld/mysqld.sock'  port: ${port}  ${brand.name === 'MySQL' ? 'MySQL Community Server - GPL.' : 'mariadb.org binary distribution'}`
      log(process, brand, 'System', 'MY-010931', ready)
      process.onTerminate(0, () => logStop(process, brand, version))
      return yield* serve()
    },
  }
}

function logStop(process: ContainerProcess, brand: Brand, version: string): void {
  log(
    process,
    brand,
    'System',
    'MY-013172',
    `Received SHUTDOWN from user <via user signal>. Shutting down mysqld (Version: ${version}).`,
  )
  log(process, brand, 'System', 'MY-010910', `/usr/sbin/${brand.server}: Shutdown complete (mysqld ${version})`)
}

function log(process: ContainerProcess, { name }: Brand, level: 'System' | 'ERROR', code: string, text: string): void {
  const at = new Date(process.now()).toISOString()
  const line =
    name === 'MySQL'
      ? `${at.slice(0, 23)}000Z 0 [${level}] [${code}] [Server] ${text}`
      : `${at.slice(0, 10)} ${at.slice(11, 19)} 0 [${level === 'ERROR' ? 'ERROR' : 'Note'}] ${text}`
  process.err(`${line}\n`)
}
