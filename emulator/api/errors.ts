/** Every error that a request can cause, one constructor a reason. Messages are built here and nowhere else. */
import type { Status, StatusCause } from '../generated/types.ts'
import type { AccessAttributes } from './authorizer.ts'
import type { FieldError } from './field.ts'
import { goQuote, goValue } from './go-text.ts'
import { type KindDefinition, resourceName } from './kind.ts'

type Resource = Pick<KindDefinition, 'group' | 'plural'>
type Kind = Pick<KindDefinition, 'group' | 'kind'>

/** A failure as Kubernetes reports it: everything kubectl prints comes from `status`. */
export class StatusError extends Error {
  readonly status: Status
  constructor(status: Status) {
    super(status.message ?? 'unknown')
    this.name = 'StatusError'
    this.status = status
  }
}

function failure(code: number, reason: string, message: string, details?: Status['details']): StatusError {
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason === '' ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
    code,
  })
}

const about = ({ group, plural }: Resource, name: string, causes?: readonly StatusCause[]): Status['details'] => ({
  ...(name === '' ? {} : { name }),
  ...(group === '' ? {} : { group }),
  kind: plural,
  ...(causes === undefined ? {} : { causes }),
})

/** `pods "web" not found` */
export const notFound = (resource: Resource, name: string): StatusError =>
  failure(404, 'NotFound', `${resourceName(resource)} "${name}" not found`, about(resource, name))

/** A path that no handler serves: unknown group, version, resource or subresource. */
export const pathNotFound = (): StatusError =>
  failure(404, 'NotFound', 'the server could not find the requested resource', {})

/** `services "web" already exists` */
export const alreadyExists = (resource: Resource, name: string): StatusError =>
  failure(409, 'AlreadyExists', `${resourceName(resource)} "${name}" already exists`, about(resource, name))

/** A name that was generated, or could have been, is taken (upstream: errors.NewGenerateNameConflict). */
export const generatedNameTaken = (resource: Resource, name: string): StatusError =>
  failure(
    409,
    'AlreadyExists',
    `${resourceName(resource)} "${name}" already exists, the server was not able to generate a unique name for the object`,
    { ...about(resource, name), retryAfterSeconds: 1 },
  )

/** `Operation cannot be fulfilled on services "web": …` */
export const conflict = (resource: Resource, name: string, message: string): StatusError =>
  failure(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${resourceName(resource)} "${name}": ${message}`,
    about(resource, name),
  )

/** A write against an older resourceVersion. */
export const modified = (resource: Resource, name: string): StatusError =>
  conflict(
    resource,
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  )

/** Server-side apply met fields that others own; `causes` name each field and its manager. */
export const applyConflict = (message: string, causes: readonly StatusCause[]): StatusError =>
  failure(409, 'Conflict', message, { causes })

/** `Service "web" is invalid: …` with all field errors (upstream: errors.NewInvalid). */
export function invalid({ group, kind }: Kind, name: string, errors: readonly FieldError[]): StatusError {
  const texts = [...new Set(errors.map(fieldErrorText))]
  const qualified = group === '' ? kind : `${kind}.${group}`
  const what = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`
  return failure(422, 'Invalid', `${qualified} ${goQuote(name)} is invalid${texts.length === 0 ? '' : `: ${what}`}`, {
    ...(name === '' ? {} : { name }),
    ...(group === '' ? {} : { group }),
    kind,
    causes: errors.map((error) => ({
      reason: error.type === 'Internal' ? 'InternalError' : `FieldValue${error.type}`,
      message: fieldErrorBody(error),
      field: error.path,
    })),
  })
}

/** An update of a resource that takes none without the version it replaces (upstream: registry/store.go, Update). */
export const versionRequired = (resource: Resource, name: string): StatusError =>
  invalid({ group: resource.group, kind: resource.plural }, name, [
    { type: 'Invalid', path: 'metadata.resourceVersion', value: 0n, detail: 'must be specified for an update' },
  ])

/** The definition of a custom resource is being deleted (upstream: customresource_handler.go). */
export const terminatingDefinition = (): StatusError =>
  failure(405, 'MethodNotAllowed', 'create not allowed while custom resource definition is terminating', {})

/** Nobody answers for the API that is asked (upstream: kube-aggregator/pkg/apiserver/handler_proxy.go). */
export const serviceUnavailable = (): StatusError =>
  failure(503, 'ServiceUnavailable', 'the server is currently unable to handle the request', {})

/** The request could not be understood. */
export const badRequest = (message: string): StatusError => failure(400, 'BadRequest', message)

/** `pods "web" is forbidden: …`; without a name `pods is forbidden: …`. */
export const forbidden = (
  resource: Resource,
  name: string,
  message: string,
  causes?: readonly StatusCause[],
): StatusError =>
  failure(
    403,
    'Forbidden',
    `${resourceName(resource)} ${name === '' ? '' : `"${name}" `}is forbidden: ${message}`,
    about(resource, name, causes),
  )

/** What a user may not do (upstream: apiserver handlers/responsewriters/errors.go, forbiddenMessage). */
export function accessForbidden({ user, verb, resource, path }: AccessAttributes, reason: string): StatusError {
  const because = reason === '' ? '' : `: ${reason}`
  const who = `User ${goQuote(user.name)} cannot ${verb}`
  if (!resource) return failure(403, 'Forbidden', `forbidden: ${who} path ${goQuote(path)}${because}`, {})
  const whole = resource.subresource === '' ? resource.resource : `${resource.resource}/${resource.subresource}`
  const where = resource.namespace === '' ? 'at the cluster scope' : `in the namespace ${goQuote(resource.namespace)}`
  const what = `${who} resource ${goQuote(whole)} in API group ${goQuote(resource.group)} ${where}${because}`
  return forbidden({ group: resource.group, plural: resource.resource }, resource.name, what)
}

/** Credentials that are none. */
export const unauthorized = (): StatusError => failure(401, 'Unauthorized', 'Unauthorized')

/** A verb that the resource does not offer. */
export const methodNotAllowed = (): StatusError =>
  failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {})

export const notAcceptable = (accepted: readonly string[]): StatusError =>
  failure(406, 'NotAcceptable', `only the following media types are accepted: ${accepted.join(', ')}`)

export const unsupportedMediaType = (accepted: readonly string[]): StatusError =>
  failure(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  )

/** A patch that parses but cannot be applied. Upstream, too, keeps the reason to itself. */
export const unprocessable = (): StatusError =>
  failure(422, 'Invalid', 'the server rejected our request due to an error in our request', {})

/** The asked-for resourceVersion lies before the kept history. */
export const expired = (message: string): StatusError => failure(410, 'Expired', message)

/** The asked-for resourceVersion lies in the future. */
export const tooLargeResourceVersion = (asked: number, current: number): StatusError =>
  failure(504, 'Timeout', `Too large resource version: ${asked}, current: ${current}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  })

/** Not now, perhaps later: an eviction that a budget cannot spare. */
export const tooManyRequests = (message: string, causes: readonly StatusCause[]): StatusError =>
  failure(429, 'TooManyRequests', message, { causes })

/** A body or patch beyond what the server takes. */
export const tooLarge = (message: string): StatusError =>
  failure(413, 'RequestEntityTooLarge', `Request entity too large: ${message}`)

/** A proxied request that finds nobody behind it. */
export const nobodyBehind = (message: string): StatusError => failure(503, 'ServiceUnavailable', message)

/** `Internal error occurred: …` */
export const internalError = (message: string): StatusError =>
  failure(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] })

/** An error that upstream passes on without a reason: kubectl prints `Error from server: …`. */
export const serverError = (message: string): StatusError => failure(500, '', message)

const hasReason =
  (reason: string) =>
  (error: unknown): error is StatusError =>
    error instanceof StatusError && error.status.reason === reason

export const isNotFound = hasReason('NotFound')
export const isAlreadyExists = hasReason('AlreadyExists')

/** `spec.ports[0].name: Required value` (upstream: field.Error.Error). */
export const fieldErrorText = (error: FieldError): string => `${error.path}: ${fieldErrorBody(error)}`

const TITLES = {
  Required: 'Required value',
  Invalid: 'Invalid value',
  NotSupported: 'Unsupported value',
  Duplicate: 'Duplicate value',
  Forbidden: 'Forbidden',
  TooLong: 'Too long',
  TooMany: 'Too many',
  NotFound: 'Not found',
  TypeInvalid: 'Invalid value',
  Internal: 'Internal error',
} as const

const WITHOUT_VALUE: readonly FieldError['type'][] = ['Required', 'Forbidden', 'TooLong', 'Internal']

function fieldErrorBody(error: FieldError): string {
  const head =
    WITHOUT_VALUE.includes(error.type) || !Object.hasOwn(error, 'value')
      ? TITLES[error.type]
      : `${TITLES[error.type]}: ${goValue(error.value)}`
  return error.detail === '' ? head : `${head}: ${error.detail}`
}
