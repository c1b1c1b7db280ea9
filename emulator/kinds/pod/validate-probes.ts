import { type FieldError, field } from '../../api/field.ts'
import { httpHeaderNameErrors, portNumberErrors } from '../../api/names.ts'
import type { LifecycleHandler, Probe } from '../../generated/types.ts'
import { targetPortErrors } from '../service/validate-ports.ts'
import { nameErrors } from '../validation/names.ts'
import { nonNegativeErrors } from '../validation/numbers.ts'

/** A probe (upstream: pkg/apis/core/validation validateProbe, validateLivenessProbe, …). */
export function probeErrors(
  path: string,
  probe: Probe | undefined,
  role: 'liveness' | 'readiness' | 'startup',
): readonly FieldError[] {
  if (!probe) return []
  const grace = probe.terminationGracePeriodSeconds
  const errors: FieldError[] = [
    ...handlerErrors(path, probe),
    ...nonNegativeErrors(`${path}.initialDelaySeconds`, probe.initialDelaySeconds),
    ...nonNegativeErrors(`${path}.timeoutSeconds`, probe.timeoutSeconds),
    ...nonNegativeErrors(`${path}.periodSeconds`, probe.periodSeconds),
    ...nonNegativeErrors(`${path}.successThreshold`, probe.successThreshold),
    ...nonNegativeErrors(`${path}.failureThreshold`, probe.failureThreshold),
  ]
  if (grace !== undefined && grace <= 0)
    errors.push(field.invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'))
  if (grace !== undefined && role === 'readiness')
    errors.push(field.invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must not be set for readinessProbes'))
  if (role !== 'readiness' && probe.successThreshold !== 1)
    errors.push(field.invalid(`${path}.successThreshold`, probe.successThreshold ?? 0, 'must be 1'))
  return errors
}

/** Exactly one kind of handler, itself complete; `grace` is that of the Pod, for those that sleep. */
export function handlerErrors(path: string, handler: Probe & LifecycleHandler, grace?: number): readonly FieldError[] {
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler
  const [first, ...more] = HANDLERS.filter((name) => handler[name])
  const errors: FieldError[] = []
  if (exec && first === 'exec' && !exec.command?.length) errors.push(field.required(`${path}.exec.command`))
  if (httpGet && first === 'httpGet') errors.push(...httpErrors(`${path}.httpGet`, httpGet))
  if (tcpSocket && first === 'tcpSocket') errors.push(...targetPortErrors(`${path}.tcpSocket.port`, tcpSocket.port))
  if (grpc && first === 'grpc')
    errors.push(...portNumberErrors(grpc.port).map((detail) => field.invalid(`${path}.grpc.port`, grpc.port, detail)))
  if (sleep && first === 'sleep' && grace !== undefined && (sleep.seconds < 0 || sleep.seconds > grace)) {
    const detail = `must be non-negative and less than terminationGracePeriodSeconds (${grace})`
    errors.push(field.invalid(`${path}.sleep`, sleep.seconds, detail))
  }
  errors.push(...more.map((name) => field.forbidden(`${path}.${name}`, 'may not specify more than 1 handler type')))
  if (first === undefined) errors.push(field.required(path, 'must specify a handler type'))
  return errors
}

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const

function httpErrors(
  path: string,
  { path: target, port, scheme, httpHeaders = [] }: NonNullable<Probe['httpGet']>,
): readonly FieldError[] {
  return [
    ...(target ? [] : [field.required(`${path}.path`)]),
    ...targetPortErrors(`${path}.port`, port),
    ...(scheme === 'HTTP' || scheme === 'HTTPS'
      ? []
      : [field.notSupported(`${path}.scheme`, scheme, ['HTTP', 'HTTPS'])]),
    ...httpHeaders.flatMap(({ name }) => nameErrors(`${path}.httpHeaders`, name, httpHeaderNameErrors)),
  ]
}
