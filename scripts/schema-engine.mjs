#!/usr/bin/env node
// Stand-in for Prisma's native `schema-engine`, which its CLI would download: the same JSON-RPC over standard input and
// output, answered by Prisma's own WebAssembly build of that engine (@prisma/schema-engine-wasm) over adapter-pg.
// scripts/setup.mjs names it in PRISMA_SCHEMA_ENGINE_BINARY.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import pg from 'pg'

const require = createRequire(import.meta.url)
const argv = process.argv.slice(2)

/** Every value given for a flag that may be repeated. */
const valuesOf = (flag) => argv.flatMap((word, at) => (word === flag ? [argv[at + 1]] : []))

/** Log lines as the CLI parses them from standard error. */
function log(level, message, errorCode) {
  const fields = { message, error_code: errorCode }
  console.error(JSON.stringify({ timestamp: new Date().toISOString(), level, fields, target: 'schema_engine::logger' }))
}

const POSTGRES_CHAR = 18
const POSTGRES_TEXT = 25

/**
 * adapter-pg has no mapping for the catalogue's one-byte "char" type, which the engine wants as a Character: read it as
 * text, remember which columns it was, and correct the column types afterwards.
 */
function rememberCharColumns() {
  const columns = new Set()
  const Result = require('pg/lib/result')
  const addFields = Result.prototype.addFields
  Result.prototype.addFields = function (fields) {
    for (const field of fields) {
      if (field.dataTypeID !== POSTGRES_CHAR) continue
      columns.add(field.name)
      field.dataTypeID = POSTGRES_TEXT
    }
    return addFields.call(this, fields)
  }
  return columns
}

async function withCharColumns(connecting, columns) {
  const { ColumnTypeEnum } = await import('@prisma/driver-adapter-utils')
  const adapter = await connecting
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (query) => {
    columns.clear()
    const result = await queryRaw(query)
    result.columnTypes = result.columnTypes.map((type, at) =>
      columns.has(result.columnNames[at]) ? ColumnTypeEnum.Character : type,
    )
    return result
  }
  return adapter
}

/** A scratch database beside the main one; adapter-pg alone would use the main database as its own shadow. */
async function shadowDatabase(url, connect) {
  const name = `slipway_shadow_${process.pid}`
  const shadow = new URL(url)
  shadow.pathname = `/${name}`
  await onMaintenanceDatabase(url, (client) => client.query(`CREATE DATABASE "${name}"`))
  const adapter = await connect(shadow.href)
  const dispose = adapter.dispose.bind(adapter)
  adapter.dispose = async () => {
    await dispose()
    await onMaintenanceDatabase(url, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`))
  }
  return adapter
}

async function adapterFactory(url) {
  const { PrismaPg } = await import('@prisma/adapter-pg')
  const columns = rememberCharColumns()
  const connect = (to) => withCharColumns(new PrismaPg({ connectionString: to, max: 1 }).connect(), columns)
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(url),
    connectToShadowDb: () => shadowDatabase(url, connect),
  }
}

async function loadWasm() {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const path = require.resolve('@prisma/schema-engine-wasm').replace('schema_engine.js', 'schema_engine_bg.wasm')
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => log('ERROR', message) }
  const { instance } = await WebAssembly.instantiate(readFileSync(path), { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return bindings.SchemaEngine
}

async function createEngine(url) {
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils')
  const SchemaEngine = await loadWasm()
  const datamodels = valuesOf('--datamodels').map((file) => [file, readFileSync(file, 'utf8')])
  const factory = bindMigrationAwareSqlAdapterFactory(await adapterFactory(url))
  return SchemaEngine.new({ datamodels: datamodels.length > 0 ? datamodels : undefined }, () => {}, factory)
}

async function onMaintenanceDatabase(url, work) {
  const maintenance = new URL(url)
  maintenance.pathname = '/postgres'
  return withClient(maintenance.href, work)
}

async function withClient(connectionString, work) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** `schema-engine cli can-connect-to-database` and `create-database`, which the CLI runs as their own processes. */
async function runSubcommand(name, url) {
  const database = decodeURIComponent(new URL(url).pathname.slice(1))
  try {
    if (name === 'can-connect-to-database') await withClient(url, () => undefined)
    else if (name === 'create-database') {
      await onMaintenanceDatabase(url, (client) => client.query(`CREATE DATABASE ${pg.escapeIdentifier(database)}`))
      log('INFO', `Successfully created database \`${database}\``)
    } else throw new Error(`The schema engine has no command ${name}.`)
    return 0
  } catch (error) {
    log('ERROR', error.message, { '3D000': 'P1003', ECONNREFUSED: 'P1001' }[error.code] ?? 'P1000')
    return 1
  }
}

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)

async function call(engine, method, params, id) {
  if (method === 'getDatabaseVersion') return engine.version(params)
  if (method === 'createDatabase') return { databaseName: '' }
  if (method === 'diff') {
    const { exitCode, stdout } = await engine.diff(params)
    if (stdout != null) send({ id: `print-${id}`, method: 'print', params: { content: stdout } })
    return { exitCode, stdout: null }
  }
  if (typeof engine[method] !== 'function') throw new Error(`The schema engine has no method ${method}.`)
  return (await engine[method](params)) ?? {}
}

function serve(url) {
  let engine
  let open = 0
  let ended = false
  const exitWhenIdle = () => {
    if (ended && open === 0) process.exit(0)
  }
  const answer = async (line) => {
    const { id, method, params } = JSON.parse(line)
    if (!method) return
    open++
    try {
      engine ??= createEngine(url)
      send({ id, result: await call(await engine, method, params, id) })
    } catch (error) {
      const data = {
        is_panic: false,
        message: error?.message ?? String(error),
        meta: error?.meta ?? null,
        error_code: error?.code ?? null,
      }
      send({ id, error: { code: 4466, message: 'An error happened. Check the data field for details.', data } })
    }
    open--
    exitWhenIdle()
  }
  createInterface({ input: process.stdin })
    .on('line', answer)
    .on('close', () => {
      ended = true
      exitWhenIdle()
    })
}

const datasource = JSON.parse(valuesOf('--datasource')[0] ?? '{}')
const url = datasource.url ?? process.env.DATABASE_URL ?? 'postgresql://nobody@127.0.0.1:5/none'
const subcommand = argv.includes('cli') ? argv[argv.indexOf('cli') + 1] : undefined
if (argv.includes('--version')) console.log('schema-engine-cli wasm')
else if (subcommand) process.exit(await runSubcommand(subcommand, url))
else serve(url)
