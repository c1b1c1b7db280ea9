import type { NetworkProgram, ProcessContext, Run, Wait } from '../../node/programs/program.ts'
import { dial } from '../clients/dial.ts'
import type { ErrorCode, Result } from '../sql/engine.ts'
import { splitStatements } from '../sql/engine.ts'
import { type Call, decodeAnswer } from '../sql/session.ts'
import type { Brand } from './flavor.ts'

interface Options {
  readonly host: string | undefined
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  readonly statements: string | undefined
  readonly flags: ReadonlySet<string>
  readonly operands: readonly string[]
}

const WARNING = '[Warning] Using a password on the command line interface can be insecure.'

/** MySQL's client: `-e`, statements of its input, or a prompt (mysql: client/mysql.cc). */
export function mysqlClient(name: string, brand: Brand): NetworkProgram {
  return {
    name,
    summary: `run SQL on a ${brand.name} server`,
    *run(process): Run {
      const options = optionsOf(process)
      if (options.flags.has('--version') || options.flags.has('-V')) {
        process.out(`${name}  Ver ${brand.version(process)} for Linux on x86_64\n`)
        return 0
      }
      if (options.flags.has('-p given') && brand.name === 'MySQL') process.err(`${name}: ${WARNING}\n`)
      const asked = yield* withPassword(options)
      const text = asked.statements ?? process.stdin
      if (text.trim() !== '' || asked.statements !== undefined)
        return (yield* runText(process, asked, text, process.terminal !== undefined)).code
      return yield* prompt(process, brand, asked)
    },
  }
}

/** `mysqladmin ping`, `status` and `version`. */
export function mysqlAdmin(name: string, brand: Brand): NetworkProgram {
  return {
    name,
    summary: `ask how a ${brand.name} server does`,
    *run(process): Run {
      const options = optionsOf(process)
      const [command = ''] = options.operands
      if (!['ping', 'status', 'version'].includes(command)) {
        process.err(`${name}: Unknown command: '${command}'\n`)
        return 1
      }
      if (options.flags.has('-p given') && brand.name === 'MySQL') process.err(`${name}: ${WARNING}\n`)
      const sent = yield* send(process, { ...options, database: '' }, 'select 1')
      if ('problem' in sent) {
        const refused = sent.problem.includes('Access denied')
        if (command === 'ping' && refused) {
          process.out('mysqld is alive\n')
          return 0
        }
        const error = sent.problem.replace(/^ERROR \d+ \(\w+\): /, '')
        process.err(`${name}: connect to server at '${options.host ?? 'localhost'}' failed\nerror: '${error}'\n`)
        return 1
      }
      process.out(command === 'ping' ? 'mysqld is alive\n' : `Server version\t\t${brand.version(process)}\n`)
      return 0
    },
  }
}

const WITH_VALUE = [
  '-h',
  '-P',
  '-u',
  '-e',
  '-D',
  '--host',
  '--port',
  '--user',
  '--execute',
  '--database',
  '--protocol',
  '-S',
]
const LONG: ReadonlyMap<string, string> = new Map([
  ['--host', '-h'],
  ['--port', '-P'],
  ['--user', '-u'],
  ['--execute', '-e'],
  ['--database', '-D'],
])

function optionsOf(process: ProcessContext): Options {
  const values = new Map<string, string>()
  const flags = new Set<string>()
  const operands: string[] = []
  const words = process.argv.slice(1)
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const long = /^(--[\w-]+)=([\s\S]*)$/.exec(word)
    if (long?.[1] === '--password' || /^-p./s.test(word)) {
      values.set('-p', long?.[2] ?? word.slice(2))
      flags.add('-p given')
    } else if (word === '-p' || word === '--password') flags.add('-p asked')
    else if (long) values.set(LONG.get(long[1] ?? '') ?? long[1] ?? '', long[2] ?? '')
    else if (WITH_VALUE.includes(word)) values.set(LONG.get(word) ?? word, words.shift() ?? '')
    else if (/^-[hPueD]./s.test(word)) values.set(word.slice(0, 2), word.slice(2))
    else if (word.startsWith('-')) flags.add(word)
    else operands.push(word)
  }
  return {
    host: values.get('-h'),
    port: Number(values.get('-P') ?? 3306),
    user: values.get('-u') ?? 'root',
    password: values.get('-p') ?? process.env.get('MYSQL_PWD') ?? '',
    database: values.get('-D') ?? operands[0] ?? '',
    statements: values.get('-e'),
    flags,
    operands,
  }
}

function* withPassword(options: Options): Generator<Wait, Options, string | undefined> {
  if (!options.flags.has('-p asked')) return options
  const password = yield { kind: 'line', prompt: 'Enter password: ' }
  return { ...options, password: password ?? '' }
}

type Sent = { readonly problem: string } | { readonly results: readonly Result[]; readonly database: string }

function* send(process: ProcessContext, options: Options, sql: string): Generator<Wait, Sent, string | undefined> {
  const { host, port, user, password, database } = options
  const local = host === undefined || host === 'localhost'
  const call: Call = { user, password, database, sql, local }
  const dialled = yield* dial(process, local ? '127.0.0.1' : host, port, JSON.stringify(call))
  if (dialled.kind === 'unknown-host')
    return { problem: `ERROR 2005 (HY000): Unknown MySQL server host '${host}' (-2)` }
  if (dialled.kind === 'failed') {
    const code = { 'Connection refused': 111, 'Connection timed out': 110, 'No route to host': 113 }[dialled.why]
    return {
      problem: local
        ? `ERROR 2002 (HY000): Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)`
        : `ERROR 2003 (HY000): Can't connect to MySQL server on '${host}:${port}' (${code})`,
    }
  }
  const answer = decodeAnswer(dialled.reply)
  if (answer === undefined)
    return {
      problem: `ERROR 2013 (HY000): Lost connection to MySQL server at 'reading initial communication packet', system error: 0`,
    }
  if (answer.kind === 'results') return answer
  if (answer.why === 'database') return { problem: `ERROR 1049 (42000): Unknown database '${database}'` }
  const from = local ? 'localhost' : (process.network.lookup(process.place, process.hostname).addresses[0] ?? '%')
  const used = password === '' ? 'NO' : 'YES'
  return { problem: `ERROR 1045 (28000): Access denied for user '${user}'@'${from}' (using password: ${used})` }
}

function* runText(
  process: ProcessContext,
  options: Options,
  text: string,
  boxed: boolean,
  timed = false,
): Generator<Wait, { readonly code: number; readonly database: string }, string | undefined> {
  const sent = yield* send(process, options, text)
  if ('problem' in sent) {
    process.err(`${sent.problem}\n`)
    return { code: 1, database: options.database }
  }
  const silent = options.flags.has('-N') || options.flags.has('--skip-column-names')
  for (const result of sent.results) {
    if (result.kind === 'error') {
      process.err(`${errorText(result.code, result.name, sent.database)}\n`)
      return { code: 1, database: sent.database }
    }
    if (result.kind === 'rows') process.out(boxed ? table(result, timed) : batch(result, silent))
    else if (timed)
      process.out(
        result.kind === 'use' ? 'Database changed\n' : `Query OK, ${count(result.changed)} affected (0.01 sec)\n\n`,
      )
  }
  return { code: 0, database: sent.database }
}

const count = (rows: number): string => `${rows} row${rows === 1 ? '' : 's'}`

function batch({ columns, rows }: Extract<Result, { kind: 'rows' }>, silent: boolean): string {
  if (rows.length === 0) return ''
  return [...(silent ? [] : [columns]), ...rows].map((row) => `${row.join('\t')}\n`).join('')
}

function table({ columns, rows }: Extract<Result, { kind: 'rows' }>, timed: boolean): string {
  if (rows.length === 0) return timed ? 'Empty set (0.00 sec)\n\n' : ''
  const widths = columns.map((name, index) => Math.max(name.length, ...rows.map((row) => row[index]?.length ?? 0)))
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+\n`
  const isNumber = (index: number): boolean => rows.every((row) => /^(-?[\d.]+|NULL)$/.test(row[index] ?? ''))
  const line = (row: readonly string[], head = false): string =>
    `|${row.map((cell, index) => ` ${!head && isNumber(index) ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)} `).join('|')}|\n`
  const whole = rule + line(columns, true) + rule + rows.map((row) => line(row)).join('') + rule
  return timed ? `${whole}${count(rows.length)} in set (0.00 sec)\n\n` : whole
}

function errorText(code: ErrorCode, name: string, database: string): string {
  switch (code) {
    case 'no-database':
      return name === ''
        ? 'ERROR 1046 (3D000) at line 1: No database selected'
        : `ERROR 1049 (42000) at line 1: Unknown database '${name}'`
    case 'database-exists':
      return `ERROR 1007 (HY000) at line 1: Can't create database '${name}'; database exists`
    case 'no-table':
      return `ERROR 1146 (42S02) at line 1: Table '${database}.${name}' doesn't exist`
    case 'table-exists':
      return `ERROR 1050 (42S01) at line 1: Table '${name}' already exists`
    case 'no-column':
      return `ERROR 1054 (42S22) at line 1: Unknown column '${name}' in 'field list'`
    case 'not-played':
      return `this part of SQL is not emulated: ${name}`
  }
}

function* prompt(process: ProcessContext, brand: Brand, options: Options): Run {
  const hello = yield* send(process, options, 'select version()')
  if ('problem' in hello) {
    process.err(`${hello.problem}\n`)
    return 1
  }
  process.out(
    `Welcome to the ${brand.name} monitor.  Commands end with ; or \\g.\nYour ${brand.name} connection id is 8\nServer version: ${brand.version(process)}\n\nType 'help;' or '\\h' for help. Type '\\c' to clear the current input statement.\n\n`,
  )
  let state = options
  let typed = ''
  for (;;) {
    const name = brand.name === 'MySQL' ? 'mysql' : `MariaDB [${state.database || '(none)'}]`
    const line = yield { kind: 'line', prompt: typed === '' ? `${name}> ` : `${'->'.padStart(name.length + 1)} ` }
    if (line === undefined || (typed === '' && /^\s*(exit|quit|\\q)\s*;?\s*$/i.test(line))) {
      process.out('Bye\n')
      return 0
    }
    typed += `${line}\n`
    const complete = /;\s*$|\\[gG]\s*$/.test(typed) || /^\s*use\s+\S+\s*$/i.test(typed)
    if (!complete) {
      if (splitStatements(typed).length === 0) typed = ''
      continue
    }
    const { database } = yield* runText(process, state, typed.replace(/\\[gG]\s*$/, ''), true, true)
    state = { ...state, database }
    typed = ''
  }
}
