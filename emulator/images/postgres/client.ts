import type { NetworkProgram, ProcessContext, Run, Wait } from '../../node/programs/program.ts'
import { dial } from '../clients/dial.ts'
import type { ErrorCode, Result } from '../sql/engine.ts'
import { splitStatements } from '../sql/engine.ts'
import { type Call, decodeAnswer } from '../sql/session.ts'
import { postgresVersion } from './server.ts'

interface Options {
  readonly host: string | undefined
  readonly port: number
  readonly user: string
  readonly password: string | undefined
  readonly database: string
  readonly statements: readonly string[]
  readonly flags: ReadonlySet<string>
}

/** PostgreSQL's client: `-c`, statements of its input, or a prompt (postgres: src/bin/psql). */
export const psql: NetworkProgram = {
  name: 'psql',
  summary: 'run SQL on a PostgreSQL server',
  *run(process): Run {
    const options = optionsOf(process)
    if (options.flags.has('--version') || options.flags.has('-V')) {
      const version = postgresVersion(process)
      process.out(`psql (PostgreSQL) ${version} (Debian ${version}-1.pgdg13+1)\n`)
      return 0
    }
    if (options.flags.has('-l')) return yield* runText(process, options, 'show databases')
    if (options.statements.length === 0 && process.stdin.trim() === '') return yield* prompt(process, options)
    for (const text of options.statements.length > 0 ? options.statements : [process.stdin]) {
      const code = yield* runText(process, options, text)
      if (code !== 0) return code
    }
    return 0
  },
}

/** Whether a server takes connections (postgres: src/bin/scripts/pg_isready.c). */
export const pgIsReady: NetworkProgram = {
  name: 'pg_isready',
  summary: 'check a PostgreSQL server',
  *run(process): Run {
    const options = optionsOf(process)
    const dialled = yield* dial(process, options.host ?? '127.0.0.1', options.port, '{}')
    const ready = dialled.kind === 'answered'
    const where = `${options.host ?? '/var/run/postgresql'}:${options.port}`
    if (!options.flags.has('-q')) process.out(`${where} - ${ready ? 'accepting connections' : 'no response'}\n`)
    return ready ? 0 : 2
  },
}

const WITH_VALUE: ReadonlyMap<string, string> = new Map([
  ['-h', 'h'],
  ['--host', 'h'],
  ['-p', 'p'],
  ['--port', 'p'],
  ['-U', 'U'],
  ['--username', 'U'],
  ['-d', 'd'],
  ['--dbname', 'd'],
  ['-c', 'c'],
  ['--command', 'c'],
  ['-t', ''],
  ['-v', 'v'],
  ['-P', 'P'],
  ['-F', 'F'],
])

function optionsOf(process: ProcessContext): Options {
  const values = new Map<string, string>()
  const statements: string[] = []
  const flags = new Set<string>()
  const operands: string[] = []
  const words = process.argv.slice(1)
  const take = (key: string, value: string): void => {
    if (key === 'c') statements.push(value)
    else values.set(key, value)
  }
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [, name = word, glued] = /^(--[\w-]+)=([\s\S]*)$/.exec(word) ?? /^(-[hpUdcvPF])([\s\S]+)$/.exec(word) ?? []
    const key = WITH_VALUE.get(name)
    if (key) take(key, glued ?? words.shift() ?? '')
    else if (/^-[tAqlwWxX]+c?$/.test(word)) {
      for (const letter of word.slice(1)) flags.add(`-${letter}`)
      if (word.endsWith('c')) take('c', words.shift() ?? '')
    } else if (word.startsWith('-')) flags.add(word === '--list' ? '-l' : word)
    else operands.push(word)
  }
  const given = values.get('d') ?? operands[0] ?? ''
  const url = /^postgres(?:ql)?:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^:/?]+)?(?::(\d+))?(?:\/([^?]*))?/.exec(given)
  const user = url?.[1] ?? values.get('U') ?? operands[1] ?? process.env.get('PGUSER') ?? 'root'
  return {
    host: url?.[3] ?? values.get('h') ?? process.env.get('PGHOST'),
    port: Number(url?.[4] ?? values.get('p') ?? process.env.get('PGPORT') ?? 5432),
    user,
    password: url?.[2] ?? process.env.get('PGPASSWORD'),
    database: (url ? url[5] : given) || process.env.get('PGDATABASE') || user,
    statements,
    flags,
  }
}

type Sent = { readonly problem: string } | { readonly results: readonly Result[]; readonly database: string }

function* send(process: ProcessContext, options: Options, sql: string): Generator<Wait, Sent, string | undefined> {
  const { host, port, user, database } = options
  const local = host === undefined || host.startsWith('/')
  let { password } = options
  if (!local && password === undefined) password = yield { kind: 'line', prompt: `Password for user ${user}: ` }
  const call: Call = { user, password: password ?? '', database, sql, local }
  const dialled = yield* dial(process, local ? '127.0.0.1' : host, port, JSON.stringify(call))
  if (dialled.kind === 'unknown-host')
    return { problem: `could not translate host name "${host}" to address: Name or service not known` }
  const socket = `socket "/var/run/postgresql/.s.PGSQL.${port}"`
  if (dialled.kind === 'failed')
    return {
      problem: local
        ? `connection to server on ${socket} failed: No such file or directory\n\tIs the server running locally and accepting connections on that socket?`
        : `connection to server at "${host}" (${dialled.address}), port ${port} failed: ${dialled.why}\n\tIs the server running on that host and accepting TCP/IP connections?`,
    }
  const where = local ? `on ${socket}` : `at "${host}" (${dialled.address}), port ${port}`
  const failed = (why: string) => ({ problem: `connection to server ${where} failed: ${why}` })
  const answer = decodeAnswer(dialled.reply)
  if (answer === undefined) return failed('server closed the connection unexpectedly')
  if (answer.kind === 'results') return answer
  if (answer.why === 'database') return failed(`FATAL:  database "${database}" does not exist`)
  if (local) return failed(`FATAL:  role "${user}" does not exist`)
  if (password === undefined) return failed('fe_sendauth: no password supplied')
  return failed(`FATAL:  password authentication failed for user "${user}"`)
}

/** Meta-commands that are questions about the server. */
const META: ReadonlyMap<string, string> = new Map([
  ['\\l', 'show databases'],
  ['\\list', 'show databases'],
  ['\\dt', 'show tables'],
  ['\\conninfo', 'select current_user, current_database()'],
])

function* runText(process: ProcessContext, options: Options, text: string): Run {
  const sent = yield* send(process, options, META.get(text.trim().replace(/;$/, '')) ?? text)
  if ('problem' in sent) {
    process.err(`psql: error: ${sent.problem}\n`)
    return 2
  }
  let code = 0
  for (const result of sent.results) {
    if (result.kind === 'error') {
      process.err(`${errorText(result.code, result.name)}\n`)
      code = 1
    } else if (result.kind === 'rows') process.out(table(result, options.flags))
    else if (result.kind === 'done' && !options.flags.has('-q')) process.out(`${tagOf(result)}\n`)
  }
  return code
}

function tagOf({ tag, changed }: Extract<Result, { kind: 'done' }>): string {
  if (tag === 'INSERT') return `INSERT 0 ${changed}`
  return tag === 'DELETE' ? `DELETE ${changed}` : tag
}

function table({ columns, rows }: Extract<Result, { kind: 'rows' }>, flags: ReadonlySet<string>): string {
  const names = columns.map((name) => columnName(name))
  if (flags.has('-A')) {
    const lines = [...(flags.has('-t') ? [] : [names]), ...rows].map((row) => `${row.join('|')}\n`).join('')
    return flags.has('-t') ? lines : `${lines}(${count(rows.length)})\n`
  }
  const widths = names.map((name, index) => Math.max(name.length, ...rows.map((row) => row[index]?.length ?? 0)))
  const isNumber = (index: number): boolean => rows.every((row) => /^-?[\d.]+$/.test(row[index] ?? ''))
  const cell = (text: string, index: number): string =>
    isNumber(index) ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0)
  const body = rows.map((row) => `${` ${row.map(cell).join(' | ')}`.trimEnd()}\n`).join('')
  if (flags.has('-t')) return `${body}\n`
  const title = names.map((name, index) => ` ${centred(name, widths[index] ?? 0)} `).join('|')
  const rule = widths.map((width) => '-'.repeat(width + 2)).join('+')
  return `${title}\n${rule}\n${body}(${count(rows.length)})\n\n`
}

/** Columns without a name of their own. */
const columnName = (name: string): string => {
  if (name === 'Database') return 'datname'
  if (name.startsWith('Tables_in_')) return 'tablename'
  return /^\w+\(.*\)$/.test(name) ? name.replace(/\(.*$/, '') : /^[A-Za-z_]\w*$/.test(name) ? name : '?column?'
}

const count = (rows: number): string => `${rows} row${rows === 1 ? '' : 's'}`

function centred(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2)
  return `${' '.repeat(left)}${text}`.padEnd(width)
}

function errorText(code: ErrorCode, name: string): string {
  switch (code) {
    case 'no-database':
      return `ERROR:  database "${name}" does not exist`
    case 'database-exists':
      return `ERROR:  database "${name}" already exists`
    case 'no-table':
      return `ERROR:  relation "${name}" does not exist`
    case 'table-exists':
      return `ERROR:  relation "${name}" already exists`
    case 'no-column':
      return `ERROR:  column "${name}" does not exist`
    case 'not-played':
      return `this part of SQL is not emulated: ${name}`
  }
}

function* prompt(process: ProcessContext, options: Options): Run {
  const hello = yield* send(process, options, 'select version()')
  if ('problem' in hello) {
    process.err(`psql: error: ${hello.problem}\n`)
    return 2
  }
  const version = postgresVersion(process)
  process.out(`psql (${version} (Debian ${version}-1.pgdg13+1))\nType "help" for help.\n\n`)
  let typed = ''
  for (;;) {
    const sign = typed === '' ? '=' : '-'
    const line = yield { kind: 'line', prompt: `${options.database}${sign}# ` }
    if (line === undefined || (typed === '' && /^\s*(\\q|exit|quit)\s*;?\s*$/.test(line))) return 0
    typed += `${line}\n`
    if (/;\s*$/.test(typed) || META.has(typed.trim())) {
      yield* runText(process, options, typed)
      typed = ''
    } else if (splitStatements(typed).length === 0) typed = ''
  }
}
