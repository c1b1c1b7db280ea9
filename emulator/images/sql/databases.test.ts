import { describe, expect, it } from 'vitest'
import { Lab, type PodRecipe } from '../testing/lab.ts'
import { parseDatabases, runStatement, splitStatements } from './engine.ts'
import { decodeAnswer } from './session.ts'

type Env = readonly (readonly [string, string])[]

function started(lab: Lab, recipe: PodRecipe, env: Env = []) {
  const container = lab.pod({ ...recipe, env })
  lab.run(10_000)
  const log = (): string => container.logs.map(({ text }) => text).join('\n')
  const run = (...argv: readonly string[]) => container.run(argv)
  return { container, log, run }
}

describe.each([
  ['mysql', 'Entrypoint script for MySQL Server 9.5.0-1.el9 started.', '    - MYSQL_ROOT_PASSWORD'],
  [
    'mariadb',
    'Entrypoint script for MariaDB Server 1:12.1.2+maria~ubu2404 started.',
    '\tYou need to specify one of MARIADB_ROOT_PASSWORD',
  ],
])('the %s image', (image, first, missing) => {
  const client = image
  it('ends without a password, in the words of its entrypoint', () => {
    const { container, log } = started(new Lab(), { name: 'db', image })
    expect(container.state).toMatchObject({ kind: 'exited', exitCode: 1 })
    expect(log()).toContain(`[Note] [Entrypoint]: ${first}`)
    expect(log()).toContain('[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified')
    expect(log()).toContain(missing)
  })

  it('makes a database and a user, answers its client, and keeps rows', () => {
    const env = [
      ['MYSQL_ROOT_PASSWORD', 'secret'],
      ['MYSQL_DATABASE', 'shop'],
      ['MYSQL_USER', 'kim'],
      ['MYSQL_PASSWORD', 'pw'],
    ] as const
    const { log, run } = started(new Lab(), { name: 'db', image }, env)
    expect(log()).toContain('[Note] [Entrypoint]: Giving user kim access to schema shop')
    expect(log()).toContain(': ready for connections. Version: ')
    const sql = (text: string) => run(client, '-uroot', '-psecret', '-e', text).output.replace(/^.*\[Warning\].*\n/, '')
    expect(sql('SELECT 1')).toBe('1\n1\n')
    sql(
      "CREATE DATABASE test; CREATE TABLE test.messages (message VARCHAR(250)); INSERT INTO test.messages VALUES ('hello')",
    )
    expect(sql('SELECT * FROM test.messages')).toBe('message\nhello\n')
    expect(sql('show databases')).toContain('shop\nsys\ntest\n')
    expect(sql('use nosuch')).toBe("ERROR 1049 (42000) at line 1: Unknown database 'nosuch'\n")
    expect(run(client, '-ukim', '-ppw', 'shop', '-e', 'select 1').exitCode).toBe(0)
    expect(run(client, '-uroot', '-pwrong', '-e', 'select 1')).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining(
        "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)\n",
      ),
    })
  })
})

describe('MySQL over the network', () => {
  it('is reached by its Service, and the client says why not', () => {
    const lab = new Lab()
    lab.clusterDns()
    started(lab, { name: 'db', image: 'mysql:8.0', labels: { app: 'db' } }, [['MYSQL_ROOT_PASSWORD', 'secret']])
    const { run } = started(lab, { name: 'client', image: 'mysql:8.0', command: ['sleep', '3600'] })
    lab.service('db', { clusterIP: '10.96.1.1', selector: { app: 'db' }, ports: [{ port: 3306 }] })
    lab.service('wrong', { clusterIP: '10.96.1.2', selector: { app: 'db' }, ports: [{ port: 3306, targetPort: 80 }] })
    const ask = (host: string) =>
      run('mysql', '-h', host, '-psecret', '-N', '-e', 'select version()').output.split('\n')[1]
    expect(ask('db')).toBe('8.0.44')
    expect(ask('wrong')).toBe("ERROR 2003 (HY000): Can't connect to MySQL server on 'wrong:3306' (111)")
    expect(ask('nosuch')).toBe("ERROR 2005 (HY000): Unknown MySQL server host 'nosuch' (-2)")
    expect(run('mysqladmin', 'ping', '-h', 'db')).toMatchObject({ output: 'mysqld is alive\n', exitCode: 0 })
    expect(run('mysqladmin', 'ping').exitCode).toBe(1)
  })
})

describe('the PostgreSQL image', () => {
  it('ends without a password', () => {
    const { container, log } = started(new Lab(), { name: 'db', image: 'postgres' })
    expect(container.state).toMatchObject({ kind: 'exited', exitCode: 1 })
    expect(log()).toMatch(/^Error: Database is uninitialized and superuser password is not specified\.\n/)
  })

  it('sets itself up, answers psql and pg_isready, keeps rows and says that it stops', () => {
    const lab = new Lab()
    const { container, log, run } = started(lab, { name: 'db', image: 'postgres:16' }, [
      ['POSTGRES_PASSWORD', 'secret'],
      ['POSTGRES_DB', 'shop'],
    ])
    expect(log()).toMatch(
      /LOG: {2}starting PostgreSQL 16\.11 [\s\S]*LOG: {2}database system is ready to accept connections$/,
    )
    expect(run('pg_isready')).toMatchObject({
      output: '/var/run/postgresql:5432 - accepting connections\n',
      exitCode: 0,
    })
    const sql = (text: string) => run('psql', '-U', 'postgres', '-d', 'shop', '-c', text).output
    expect(sql('SELECT 1')).toBe(' ?column? \n----------\n        1\n(1 row)\n\n')
    expect(sql('create table t (id int, name text)')).toBe('CREATE TABLE\n')
    expect(sql("insert into t values (1, 'one'), (2, 'two')")).toBe('INSERT 0 2\n')
    expect(sql('select name from t where id = 2')).toBe(
      ' name\n------\n two\n(1 row)\n\n'.replace(' name\n', ' name \n'),
    )
    expect(run('psql', '-c', 'select 1').output).toBe(
      'psql: error: connection to server on socket "/var/run/postgresql/.s.PGSQL.5432" failed: FATAL:  role "root" does not exist\n',
    )
    lab.runtime.stop(container.id, 30_000)
    lab.run(200)
    expect(log()).toMatch(/LOG: {2}received fast shutdown request\n[\s\S]*database system is shut down$/)
  })

  it('is reached by its Service, and psql says why not', () => {
    const lab = new Lab()
    lab.clusterDns()
    started(lab, { name: 'db', image: 'postgres', labels: { app: 'db' } }, [['POSTGRES_PASSWORD', 'secret']])
    const { run } = started(lab, { name: 'client', image: 'postgres', command: ['sleep', '3600'] })
    lab.service('db', { clusterIP: '10.96.1.1', selector: { app: 'db' }, ports: [{ port: 5432 }] })
    lab.service('wrong', { clusterIP: '10.96.1.2', selector: { app: 'db' }, ports: [{ port: 5432, targetPort: 80 }] })
    const ask = (host: string, password = 'secret') =>
      run('psql', `postgresql://postgres:${password}@${host}/postgres`, '-tAc', 'select 1').output
    expect(ask('db')).toBe('1\n')
    expect(ask('db', 'x')).toBe(
      'psql: error: connection to server at "db" (10.96.1.1), port 5432 failed: FATAL:  password authentication failed for user "postgres"\n',
    )
    expect(ask('wrong')).toBe(
      'psql: error: connection to server at "wrong" (10.96.1.2), port 5432 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?\n',
    )
    expect(ask('nosuch')).toBe(
      'psql: error: could not translate host name "nosuch" to address: Name or service not known\n',
    )
  })
})

describe('statements that somebody has made up', () => {
  const session = { user: 'root', database: 'shop', flavor: { version: '9', constants: () => new Map() } }
  it.each([
    ['doubled quotes in a value', "insert into t values ('it''s', 'a''''b')", [["it's", "a''b"]]],
    ['a literal that never ends', `insert into t values (${"''".repeat(900)}`, []],
    ['a semicolon in quotes', "insert into t values ('a;b', 2)", [['a;b', '2']]],
  ])('read in one pass: %s', (_, statement, rows) => {
    const state = { users: {}, databases: { shop: { t: { columns: ['a', 'b'], rows: [] } } } }
    for (const one of splitStatements(statement)) runStatement(one, state, session)
    expect(state.databases.shop.t.rows).toEqual(rows)
  })

  it('a text full of quotes is one statement', () => {
    expect(splitStatements(`'${"\\'".repeat(50_000)}`)).toHaveLength(1)
  })

  it.each([
    'null',
    '[]',
    '{"kind":"results"}',
    '{"kind":"results","database":"","results":[{}]}',
    '{"kind":"refused"}',
  ])('an answer %s is none', (text) => {
    expect(decodeAnswer(text)).toBeUndefined()
  })

  it.each([
    'null',
    '{"users":{},"databases":{"shop":null}}',
    '{"users":{},"databases":{"shop":{"t":{"columns":[1]}}}}',
  ])('a data file %s is spoilt', (text) => {
    expect(parseDatabases(text)).toBeUndefined()
  })
})
