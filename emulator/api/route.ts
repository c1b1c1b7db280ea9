/** Paths into what they name (upstream: apiserver/pkg/endpoints/request/requestinfo.go). */

/** A path below /api or /apis that names a resource. */
export interface ResourcePath {
  readonly group: string
  readonly version: string
  readonly namespace: string | undefined
  readonly resource: string
  readonly name: string | undefined
  readonly subresource: string | undefined
}

/** Subresources of a namespace itself; anything else behind its name is a resource within it. */
const NAMESPACE_SUBRESOURCES = ['status', 'finalize']

/** The resource that a path names, or undefined for any other path. Segments are percent-decoded. */
export function parseResourcePath(path: string): ResourcePath | undefined {
  const segments = path.split('/').filter((segment) => segment !== '')
  const decoded = segments.map(decodeSegment)
  if (decoded[0] === 'api') return below('', decoded[1], decoded.slice(2))
  if (decoded[0] === 'apis') return below(decoded[1] ?? '', decoded[2], decoded.slice(3))
  return undefined
}

function below(group: string, version: string | undefined, rest: readonly string[]): ResourcePath | undefined {
  const [first, second, third] = rest
  if (version === undefined || first === undefined) return undefined
  const inNamespace =
    first === 'namespaces' &&
    second !== undefined &&
    third !== undefined &&
    !(NAMESPACE_SUBRESOURCES.includes(third) && rest.length === 3)
  const [resource = '', name, subresource, ...more] = inNamespace ? rest.slice(2) : rest
  const whole = subresource === undefined ? undefined : [subresource, ...more].join('/')
  return { group, version, namespace: inNamespace ? second : undefined, resource, name, subresource: whole }
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
