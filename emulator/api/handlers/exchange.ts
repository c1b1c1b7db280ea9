/** One request on its way through the handlers: what was asked, read once, and how to answer. */
import { dump } from 'js-yaml'
import { badRequest } from '../errors.ts'
import type { KindDefinition } from '../kind.ts'
import { negotiate, type Representation } from '../negotiate.ts'
import type { Caller } from '../operations/context.ts'
import { isYes } from '../query-flag.ts'
import type { FieldValidation } from '../request-body.ts'
import type { ApiRequest, ApiResponse, UserInfo } from '../types.ts'
import { checkOptions } from './options.ts'

export interface Exchange {
  readonly request: ApiRequest
  readonly caller: Caller
  readonly validation: FieldValidation
  readonly accept: { readonly as: Representation; readonly yaml: boolean }
  readonly warnings: readonly string[]
  query(name: string): string | undefined
  queryAll(name: string): readonly string[]
  /** A boolean parameter as Go reads it. */
  flag(name: string): boolean
  /** A whole number, or undefined when absent; throws BadRequest for anything else. */
  integer(name: string): number | undefined
}

/** Who asks when a request names nobody: kubeadm's admin. */
export const ADMIN: UserInfo = { name: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', 'system:authenticated'] }

/** Bodies from here on may make objects that are too large to store. */
const LARGE_BODY = 100_000

/** Reads what every handler needs; throws a StatusError for what cannot be meant. */
export function createExchange(request: ApiRequest, warnings: string[]): Exchange {
  const queryAll = (name: string): readonly string[] => {
    const value = request.query && Object.hasOwn(request.query, name) ? request.query[name] : undefined
    return value === undefined ? [] : typeof value === 'string' ? [value] : value
  }
  const query = (name: string): string | undefined => queryAll(name)[0]
  checkOptions(request, queryAll)
  return {
    request,
    warnings,
    query,
    queryAll,
    flag: (name) => isYes(query(name)),
    integer(name) {
      const text = query(name)
      if (text === undefined || text === '') return undefined
      if (/^-?\d+$/.test(text)) return Number(text)
      throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
    },
    validation: fieldValidation(query('fieldValidation')),
    accept: negotiate(request.headers?.accept),
    caller: {
      user: request.user ?? ADMIN,
      manager: query('fieldManager') ?? managerOf(request.headers?.['user-agent']),
      dryRun: queryAll('dryRun').length > 0,
      large: (request.body?.length ?? 0) > LARGE_BODY,
      warn(text) {
        if (!warnings.includes(text)) warnings.push(text)
      },
    },
  }
}

/** `kubectl/v1.36.2 (linux/amd64)…` owns fields as `kubectl`. */
function managerOf(userAgent: string | undefined): string {
  return (userAgent ?? 'unknown').split('/')[0]?.slice(0, 128) || 'unknown'
}

const fieldValidation = (text: string | undefined): FieldValidation =>
  text === 'Strict' || text === 'Ignore' ? text : 'Warn'

/** An answer with a JSON body (or the same as YAML, where the client asked for that). */
export function answer(exchange: Exchange, status: number, body: unknown): ApiResponse {
  return exchange.accept.yaml
    ? text(exchange, status, dump(body), 'application/yaml')
    : { status, headers: { 'content-type': 'application/json' }, warnings: exchange.warnings, body }
}

/** An answer in plain text or another type. */
export function text(exchange: Exchange, status: number, body: string, contentType = 'text/plain'): ApiResponse {
  return { status, headers: { 'content-type': contentType }, warnings: exchange.warnings, body }
}

/** Every use of some resources is warned of: v1 Endpoints. */
export function warnOfDeprecation(exchange: Exchange, kind: KindDefinition): void {
  if (kind.deprecation !== undefined) exchange.caller.warn(kind.deprecation)
}
