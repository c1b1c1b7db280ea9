import { RE2JS } from 're2js'
import type { HttpRequest } from '../network/types.ts'
import type { RouteMatch } from './objects.ts'

const LONGEST = 1024

/** Does a request fit a match of a rule? Everything that is given must. */
export function matches(match: RouteMatch, request: HttpRequest): boolean {
  const [path = '/', query = ''] = request.path.split('?')
  if (match.method !== undefined && match.method !== request.method) return false
  if (!isPath(match.path?.type ?? 'PathPrefix', match.path?.value ?? '/', path)) return false
  const headers = [...request.headers, ['Host', request.host] as const]
  const fitsHeaders = (match.headers ?? []).every(({ type, name, value }) => {
    const given = headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, text]) => text)
    return given.length > 0 && isValue(type, value, given.join(','))
  })
  const parameters = query.split('&').map((pair) => pair.split('=').map(decoded))
  return (
    fitsHeaders &&
    (match.queryParams ?? []).every(({ type, name, value }) => {
      const given = parameters.find(([key]) => key === name)
      return given !== undefined && isValue(type, value, given.slice(1).join('='))
    })
  )
}

function isPath(type: string, wanted: string, path: string): boolean {
  if (type === 'Exact') return path === wanted
  if (type === 'RegularExpression') return pattern(wanted)?.matcher(path).lookingAt() === true
  const prefix = wanted.replace(/\/$/, '')
  return path === prefix || path.startsWith(`${prefix}/`)
}

const isValue = (type: string | undefined, wanted: string, given: string): boolean =>
  type === 'RegularExpression' ? pattern(wanted)?.matches(given) === true : wanted === given

/** A learner's regular expression, in an engine whose time no pattern runs away with; undefined if it cannot be used. */
function pattern(source: string): RE2JS | undefined {
  if (source.length > LONGEST) return undefined
  try {
    return RE2JS.compile(source)
  } catch {
    return undefined
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '))
  } catch {
    return text
  }
}

/** A match in words, for traces: `PathPrefix /shop, method GET`. */
export function matchText({ path, method, headers = [], queryParams = [] }: RouteMatch): string {
  return [
    `${path?.type ?? 'PathPrefix'} ${path?.value ?? '/'}`,
    ...(method === undefined ? [] : [`method ${method}`]),
    ...headers.map(({ name, value }) => `header ${name}: ${value}`),
    ...queryParams.map(({ name, value }) => `query ${name}=${value}`),
  ].join(', ')
}
