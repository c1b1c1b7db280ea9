import { isRecord } from '../../api/json.ts'
import type { FileTree } from '../../node/files.ts'
import {
  type Databases,
  type Flavor,
  isResult,
  parseDatabases,
  type Result,
  runStatement,
  splitStatements,
} from './engine.ts'

/** What a client sends. Server and client are ours, so it is JSON on the wire instead of either server's own protocol. */
export interface Call {
  readonly user: string
  readonly password: string
  readonly database: string
  readonly sql: string
  /** Through the server's socket file: who may read that is believed. */
  readonly local: boolean
}

/** What a server says to it. */
export type Answer =
  | { readonly kind: 'refused'; readonly why: 'password' | 'database' }
  | { readonly kind: 'results'; readonly database: string; readonly results: readonly Result[] }

/** Answers a call out of the databases in a file; undefined for texts that are no call. */
export function answerCall(
  text: string,
  {
    files,
    path,
    flavor,
    trusts,
  }: {
    readonly files: FileTree
    readonly path: string
    readonly flavor: Flavor
    readonly trusts: 'nobody' | 'local' | 'all'
  },
): string | undefined {
  const call = parseCall(text)
  const state = parseDatabases(files.read(path))
  if (call === undefined || state === undefined) return undefined
  const password = Object.hasOwn(state.users, call.user) ? state.users[call.user] : undefined
  if (password === undefined || (password !== call.password && trusts !== 'all' && !(trusts === 'local' && call.local)))
    return encode({ kind: 'refused', why: 'password' })
  if (call.database !== '' && !Object.hasOwn(state.databases, call.database))
    return encode({ kind: 'refused', why: 'database' })
  return encode(runAll(call, state, flavor, () => files.write(path, JSON.stringify(state))))
}

function runAll(call: Call, state: Databases, flavor: Flavor, save: () => void): Answer {
  let { database } = call
  const results: Result[] = []
  for (const statement of splitStatements(call.sql)) {
    const result = runStatement(statement, state, { user: call.user, database, flavor })
    results.push(result)
    if (result.kind === 'use') database = result.database
    if (result.kind === 'done') save()
    if (result.kind === 'error') break
  }
  return { kind: 'results', database, results }
}

const encode = (answer: Answer): string => JSON.stringify(answer)

/** What a server said; undefined where it is no server of ours, and any program may listen on a port. */
export function decodeAnswer(text: string | undefined): Answer | undefined {
  const value = parsed(text ?? '')
  return isAnswer(value) ? value : undefined
}

function parseCall(text: string): Call | undefined {
  const value = parsed(text)
  return isCall(value) ? value : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isAnswer(value: unknown): value is Answer {
  if (!isRecord(value)) return false
  if (value.kind === 'refused') return value.why === 'password' || value.why === 'database'
  const { kind, database, results } = value
  return kind === 'results' && typeof database === 'string' && Array.isArray(results) && results.every(isResult)
}

function isCall(value: unknown): value is Call {
  return (
    isRecord(value) &&
    ['user', 'password', 'database', 'sql'].every((field) => typeof value[field] === 'string') &&
    typeof value.local === 'boolean'
  )
}
