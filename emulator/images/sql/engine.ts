import { isRecord, parseAs } from '../../api/json.ts'

/** What a server of databases holds: kept in a file of its data directory, so that it lives as long as its volume. */
export interface Databases {
  /** Name of the first user who may do everything, his password, and others by name. */
  readonly users: { [name: string]: string }
  readonly databases: { [name: string]: Tables }
}

interface Tables {
  [name: string]: { columns: string[]; rows: string[][] }
}

export type Result =
  | { readonly kind: 'rows'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'done'; readonly tag: string; readonly changed: number }
  | { readonly kind: 'use'; readonly database: string }
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly name: string }

export type ErrorCode = 'no-database' | 'database-exists' | 'no-table' | 'table-exists' | 'no-column' | 'not-played'

/** What differs between servers. */
export interface Flavor {
  readonly version: string
  /** Values of `select version()` and its like, by the words in small letters. */
  constants(user: string, database: string): ReadonlyMap<string, string>
}

const MOST_ROWS = 500
const LONGEST_STATEMENT = 4000
const failure = (code: ErrorCode, name: string): Result => ({ kind: 'error', code, name })
const done = (tag: string, changed: number): Result => ({ kind: 'done', tag, changed })

/**
 * Statements of a text, apart at their semicolons; a semicolon in quotes ends nothing. A doubled quote needs no word of
 * its own here and below: it reads as the end of one literal and the beginning of the next, and a second way to read it
 * would double the time with each.
 */
export function splitStatements(text: string): readonly string[] {
  const parts = text.match(/(?:'(?:[^'\\]|\\.)*(?:'|$)|"(?:[^"\\]|\\.)*(?:"|$)|--[^\n]*(?:\n|$)|[^;])+/gs) ?? []
  return parts.map((part) => part.replace(/--[^\n]*(\n|$)/g, ' ').trim()).filter((part) => part !== '')
}

interface Session {
  readonly user: string
  readonly database: string
  readonly flavor: Flavor
}

type Play = (match: RegExpExecArray, state: Databases, session: Session) => Result

const NAME = '[`"]?([\\w.$-]+?)[`"]?'

/** The few statements that are played; a small part of SQL, enough to see that a database keeps what it is given. */
const STATEMENTS: readonly (readonly [pattern: RegExp, play: Play])[] = [
  [new RegExp(`^create\\s+(?:database|schema)\\s+(if\\s+not\\s+exists\\s+)?${NAME}(\\s.*)?$`, 'is'), createDatabase],
  [new RegExp(`^drop\\s+(?:database|schema)\\s+(if\\s+exists\\s+)?${NAME}$`, 'is'), dropDatabase],
  [new RegExp(`^create\\s+table\\s+(if\\s+not\\s+exists\\s+)?${NAME}\\s*\\((.*)\\)[^)]*$`, 'is'), createTable],
  [new RegExp(`^drop\\s+table\\s+(if\\s+exists\\s+)?${NAME}$`, 'is'), dropTable],
  [new RegExp(`^insert\\s+into\\s+${NAME}\\s*(?:\\(([^)]*)\\)\\s*)?values\\s*(.*)$`, 'is'), insert],
  [new RegExp(`^delete\\s+from\\s+${NAME}(?:\\s+where\\s+(.*))?$`, 'is'), remove],
  [/^show\s+(?:databases|schemas)$/i, (_, { databases }) => rows(['Database'], Object.keys(databases).sort())],
  [/^show\s+tables$/i, (_, state, { database }) => listTables(state, database)],
  [new RegExp(`^use\\s+${NAME}$`, 'i'), use],
  [
    new RegExp(
      `^select\\s+(.*?)\\s+from\\s+${NAME}(?:\\s+where\\s+(.*?))?(?:\\s+order\\s+by\\s+.*?)?(?:\\s+limit\\s+(\\d+))?$`,
      'is',
    ),
    select,
  ],
  [/^select\s+(.*)$/is, selectConstants],
]

/** Carries out one statement. */
export function runStatement(statement: string, state: Databases, session: Session): Result {
  if (statement.length > LONGEST_STATEMENT) return failure('not-played', 'so long a statement')
  for (const [pattern, play] of STATEMENTS) {
    const match = pattern.exec(statement)
    if (match) return play(match, state, session)
  }
  return failure('not-played', statement.slice(0, 60))
}

const rows = (columns: readonly string[], cells: readonly string[]): Result => ({
  kind: 'rows',
  columns,
  rows: cells.map((cell) => [cell]),
})

const owns = <T>(object: { readonly [name: string]: T }, name: string): T | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined

function createDatabase([, quiet, name = '']: RegExpExecArray, { databases }: Databases): Result {
  if (owns(databases, name) !== undefined)
    return quiet === undefined ? failure('database-exists', name) : done('CREATE DATABASE', 1)
  define(databases, name, Object.create(null) as Tables)
  return done('CREATE DATABASE', 1)
}

function dropDatabase([, quiet, name = '']: RegExpExecArray, { databases }: Databases): Result {
  if (owns(databases, name) === undefined && quiet === undefined) return failure('no-database', name)
  delete databases[name]
  return done('DROP DATABASE', 0)
}

/** Learners choose these names: they never reach the prototype. */
function define<T>(object: { [name: string]: T }, name: string, value: T): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
}

function placeOf(name: string, state: Databases, { database }: Session): { tables: Tables; table: string } | Result {
  const [first = '', second] = name.replace(/[`"]/g, '').split('.')
  const where = second === undefined || first === 'public' ? database : first
  const tables = owns(state.databases, where)
  return tables === undefined ? failure('no-database', where) : { tables, table: second ?? first }
}

function createTable([, quiet, name = '', columns = '']: RegExpExecArray, state: Databases, session: Session): Result {
  const place = placeOf(name, state, session)
  if ('kind' in place) return place
  if (owns(place.tables, place.table) !== undefined)
    return quiet === undefined ? failure('table-exists', place.table) : done('CREATE TABLE', 0)
  const parts = columns.replace(/\([^)]*\)/g, '').split(',')
  const names = parts.map((part) => part.trim().split(/\s+/)[0]?.replace(/[`"]/g, '') ?? '')
  const plain = names.filter((one) => !/^(primary|unique|key|constraint|foreign|index|check|)$/i.test(one))
  define(place.tables, place.table, { columns: plain, rows: [] })
  return done('CREATE TABLE', 0)
}

function dropTable([, quiet, name = '']: RegExpExecArray, state: Databases, session: Session): Result {
  const place = placeOf(name, state, session)
  if ('kind' in place) return place
  if (owns(place.tables, place.table) === undefined && quiet === undefined) return failure('no-table', place.table)
  delete place.tables[place.table]
  return done('DROP TABLE', 0)
}

function tableOf(name: string, state: Databases, session: Session): Tables[string] | Result {
  const place = placeOf(name, state, session)
  if ('kind' in place) return place
  return owns(place.tables, place.table) ?? failure('no-table', place.table)
}

/** Values of `(1, 'a'), (2, 'b')`. */
function tuples(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/\(((?:'(?:[^'\\]|\\.)*'|[^()']|\([^()]*\))*)\)/gs)].map(([, inner = '']) => cells(inner))
}

const cells = (text: string): readonly string[] =>
  (text.match(/(?:'(?:[^'\\]|\\.)*'|[^,'])+/gs) ?? []).map((part) => literal(part.trim()))

const literal = (text: string): string =>
  /^'.*'$/s.test(text)
    ? text.slice(1, -1).replace(/''/g, "'").replace(/\\(.)/g, '$1')
    : /^null$/i.test(text)
      ? 'NULL'
      : text

function insert([, name = '', given, values = '']: RegExpExecArray, state: Databases, session: Session): Result {
  const table = tableOf(name, state, session)
  if ('kind' in table) return table
  const columns = given === undefined ? table.columns : given.split(',').map((one) => one.trim().replace(/[`"]/g, ''))
  const unknown = columns.find((column) => !table.columns.includes(column))
  if (unknown !== undefined) return failure('no-column', unknown)
  const added = tuples(values)
  for (const tuple of added.slice(0, MOST_ROWS - table.rows.length))
    table.rows.push(
      table.columns.map(
        (column) => tuple[columns.indexOf(column)] ?? (column === 'id' ? String(table.rows.length + 1) : 'NULL'),
      ),
    )
  return done('INSERT', added.length)
}

type Fits = (row: readonly string[]) => boolean

/** `name = 'value'`, several joined by `and`; undefined: more than is played. */
function condition(text: string | undefined, columns: readonly string[]): Fits | undefined {
  if (text === undefined) return () => true
  const parts = text.split(/\s+and\s+/i).map((part) => /^[`"]?(\w+)[`"]?\s*(=|<>|!=)\s*(.+)$/.exec(part.trim()))
  const tests = parts.map((part) => {
    const index = columns.indexOf(part?.[1] ?? '')
    if (part === null || index < 0) return undefined
    const wanted = literal(part[3] ?? '')
    return (row: readonly string[]): boolean => (row[index] === wanted) === (part[2] === '=')
  })
  return tests.includes(undefined) ? undefined : (row) => tests.every((test) => test?.(row) === true)
}

function remove([, name = '', where]: RegExpExecArray, state: Databases, session: Session): Result {
  const table = tableOf(name, state, session)
  if ('kind' in table) return table
  const fits = condition(where, table.columns)
  if (fits === undefined) return failure('not-played', `where ${where}`)
  const before = table.rows.length
  table.rows = table.rows.filter((row) => !fits(row))
  return done('DELETE', before - table.rows.length)
}

function select([, what = '', name = '', where, limit]: RegExpExecArray, state: Databases, session: Session): Result {
  const table = tableOf(name, state, session)
  if ('kind' in table) return table
  const fits = condition(where, table.columns)
  if (fits === undefined) return failure('not-played', `where ${where}`)
  const found = table.rows.filter(fits).slice(0, limit === undefined ? MOST_ROWS : Number(limit))
  if (/^count\(\s*(\*|\d)\s*\)$/i.test(what)) return rows([what.toLowerCase()], [String(found.length)])
  const columns = what.trim() === '*' ? table.columns : what.split(',').map((one) => one.trim().replace(/[`"]/g, ''))
  const unknown = columns.find((column) => !table.columns.includes(column))
  if (unknown !== undefined) return failure('no-column', unknown)
  const places = columns.map((column) => table.columns.indexOf(column))
  return { kind: 'rows', columns, rows: found.map((row) => places.map((place) => row[place] ?? 'NULL')) }
}

function selectConstants([, what = '']: RegExpExecArray, _: Databases, { user, database, flavor }: Session): Result {
  const constants = flavor.constants(user, database)
  const columns: string[] = []
  const values: string[] = []
  for (const part of what.match(/(?:'(?:[^'\\]|\\.)*'|\([^)]*\)|[^,'(])+/gs) ?? []) {
    const [, expression = '', alias] = /^(.*?)(?:\s+as\s+[`"]?(\w+)[`"]?)?$/is.exec(part.trim()) ?? []
    const known = constants.get(expression.toLowerCase().replace(/\s+/g, ''))
    const sum = /^(\d+)\s*([+*-])\s*(\d+)$/.exec(expression)
    const value =
      known ??
      (sum ? String(calculated(sum)) : /^(-?[\d.]+|'.*'|null)$/is.test(expression) ? literal(expression) : undefined)
    if (value === undefined) return failure('not-played', `select ${expression}`)
    columns.push(alias ?? (/^'.*'$/s.test(expression) ? literal(expression) : expression))
    values.push(value)
  }
  return { kind: 'rows', columns, rows: [values] }
}

function calculated([, left, sign, right]: RegExpExecArray): number {
  const [a, b] = [Number(left), Number(right)]
  return sign === '+' ? a + b : sign === '-' ? a - b : a * b
}

function listTables(state: Databases, database: string): Result {
  const tables = owns(state.databases, database)
  return tables === undefined
    ? failure('no-database', database)
    : rows([`Tables_in_${database}`], Object.keys(tables).sort())
}

function use([, name = '']: RegExpExecArray, { databases }: Databases): Result {
  return owns(databases, name) === undefined ? failure('no-database', name) : { kind: 'use', database: name }
}

/** What stands in a data file; undefined where nothing does or somebody has spoilt it. */
export const parseDatabases = (text: string | undefined): Databases | undefined => parseAs(text, isDatabases)

function isDatabases(value: unknown): value is Databases {
  return (
    isRecord(value) &&
    isRecord(value.users) &&
    isTexts(Object.values(value.users)) &&
    isRecord(value.databases) &&
    Object.values(value.databases).every((tables) => isRecord(tables) && Object.values(tables).every(isTable))
  )
}

function isTable(value: unknown): boolean {
  return isRecord(value) && isTexts(value.columns) && Array.isArray(value.rows) && value.rows.every(isTexts)
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string')

/** Whether another server's answer has the form of a result. */
export function isResult(value: unknown): boolean {
  if (!isRecord(value)) return false
  switch (value.kind) {
    case 'rows':
      return isTexts(value.columns) && Array.isArray(value.rows) && value.rows.every(isTexts)
    case 'done':
      return typeof value.tag === 'string' && typeof value.changed === 'number'
    case 'use':
      return typeof value.database === 'string'
    default:
      return value.kind === 'error' && typeof value.code === 'string' && typeof value.name === 'string'
  }
}
