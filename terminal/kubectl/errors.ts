/** What can go wrong in kubectl, and how it is printed (upstream: kubectl/pkg/cmd/util/helpers.go, checkErr). */

import type { ConnectFailure } from './api/reach.ts'

/** The Status that the API server answered with. */
export interface Status {
  readonly kind?: string
  readonly code?: number
  readonly reason?: string
  readonly message?: string
  readonly details?: {
    readonly kind?: string
    readonly name?: string
    readonly causes?: readonly { readonly field?: string; readonly message?: string; readonly reason?: string }[]
  }
}

/** A request that the API server refused. */
export class ApiError extends Error {
  readonly status: Status
  constructor(status: Status) {
    super(status.message ?? 'unknown')
    this.status = status
  }
  get reason(): string {
    return this.status.reason ?? ''
  }
}

/** A mistake found by kubectl itself: `error: …` on stderr, exit code 1 unless it says otherwise. */
export class KubectlError extends Error {
  readonly code: number
  /** Printed as it stands, without `error: `. */
  readonly bare: boolean
  /** What belongs on standard output before it. */
  readonly printed: string
  constructor(
    message: string,
    options: { readonly code?: number; readonly bare?: boolean; readonly printed?: string } = {},
  ) {
    super(message)
    this.code = options.code ?? 1
    this.bare = options.bare ?? false
    this.printed = options.printed ?? ''
  }
}

/** No answer came: the message is that of Go's url.Error. */
export class ConnectionError extends Error {
  readonly url: string
  readonly why: string
  /** How long it takes to know, in ms. */
  readonly waitMs: number
  constructor(method: string, url: string, { why, waitMs }: ConnectFailure) {
    super(`${method.slice(0, 1)}${method.slice(1).toLowerCase()} ${JSON.stringify(url)}: ${why}`)
    this.url = url
    this.why = why
    this.waitMs = waitMs
  }
}

/** Ends the command with a code; everything has been printed already. */
export class Exit extends Error {
  readonly code: number
  constructor(code: number) {
    super(`exit ${code}`)
    this.code = code
  }
}

/** Several failures of one command, each printed on a line of its own. */
export class AggregateFailure extends Error {
  readonly errors: readonly Error[]
  constructor(errors: readonly Error[]) {
    super(joined(errors))
    this.errors = errors
  }
}

function joined(errors: readonly Error[]): string {
  const messages = [...new Set(errors.map((e) => e.message))]
  return messages.length === 1 ? (messages[0] ?? '') : `[${messages.join(', ')}]`
}

/** Throws nothing for an empty list, the error itself for one, an aggregate for more. */
export function throwAll(errors: readonly Error[]): void {
  if (errors.length === 1 && errors[0]) throw errors[0]
  if (errors.length > 1) throw new AggregateFailure(errors)
}

export function isReason(error: unknown, reason: string): error is ApiError {
  return error instanceof ApiError && error.reason === reason
}
export const isNotFound = (error: unknown): error is ApiError => isReason(error, 'NotFound')

/** The error with `error when creating "file": ` before its message (upstream: AddSourceToErr). */
export function withSource(verb: string, source: string, error: Error): Error {
  if (source === '') return error
  const message = `error when ${verb} ${JSON.stringify(source)}: ${error.message}`
  if (error instanceof ApiError) return new ApiError({ ...error.status, message })
  return new KubectlError(message)
}

/** Text for stderr and the exit code; undefined if the error is a defect of ours, to be thrown on. */
export function present(error: unknown): { readonly text: string; readonly code: number } | undefined {
  if (error instanceof Exit) return { text: '', code: error.code }
  if (error instanceof AggregateFailure)
    return { text: error.errors.map((e) => `${standardMessage(e) ?? e.message}\n`).join(''), code: 1 }
  if (error instanceof ApiError) {
    if (error.reason === 'Invalid') return { text: line(invalidMessage(error.status)), code: 1 }
    return { text: line(standardMessage(error) ?? error.message), code: 1 }
  }
  if (error instanceof ConnectionError) return { text: line(withoutConnection(error)), code: 1 }
  if (!(error instanceof KubectlError)) return undefined
  const prefixed = error.bare || error.message.startsWith('error: ') ? error.message : `error: ${error.message}`
  return { text: error.message === '' ? '' : line(prefixed), code: error.code }
}

const line = (text: string) => (text.endsWith('\n') ? text : `${text}\n`)

function standardMessage(error: Error): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  const { reason, message } = error.status
  if (reason === 'Unauthorized') return `error: You must be logged in to the server (${message})`
  return reason ? `Error from server (${reason}): ${message}` : `Error from server: ${message}`
}

/** Upstream: StandardErrorMessage, for a url.Error. */
function withoutConnection({ url, why }: ConnectionError): string {
  if (!why.includes('connection refused')) return `Unable to connect to the server: ${why}`
  const host = /^[^:]+:\/\/([^/]*)/.exec(url)?.[1] ?? ''
  return `The connection to the server ${host} was refused - did you specify the right host or port?`
}

function invalidMessage(status: Status): string {
  const { details, message } = status
  const generic = 'The request is invalid'
  if (!details) return message ? `${generic}: ${message}` : generic
  const causes = details.causes ?? []
  const named = details.kind || details.name
  const head = named
    ? `The ${JSON.stringify(details.kind ?? '').slice(1, -1)} "${details.name ?? ''}" is invalid`
    : generic
  if (causes.length === 0) return !named && message ? `${head}: ${message}` : head
  const lines = [
    ...new Set(causes.map((cause) => (cause.field ? `${cause.field}: ${cause.message}` : (cause.message ?? '')))),
  ]
  return lines.length === 1 ? `${head}: ${lines[0]}` : `${head}: \n${lines.map((l) => `* ${l}`).join('\n')}`
}
