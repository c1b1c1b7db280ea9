import { type FieldError, field } from '../../api/field.ts'
import { portNumberErrors } from '../../api/names.ts'
import type { LifecycleHandler, Probe } from '../../generated/types.ts'
import { targetPortErrors } from '../service/validate-ports.ts'
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
  if (grace !== undefined && role === 'readiness')
    errors.push(field.invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must not be set for readinessProbes'))
  if (grace !== undefined && grace <= 0)
    errors.push(field.invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'))
  if (role !== 'readiness' && probe.successThreshold !== 1)
    errors.push(field.invalid(`${path}.successThreshold`, probe.successThreshold ?? 0, 'must be 1'))
  return errors
}

/** Exactly one kind of handler, itself complete. */
export function handlerErrors(path: string, handler: Probe & LifecycleHandler): readonly FieldError[] {
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler
  const errors: FieldError[] = []
  const given = [exec, httpGet, tcpSocket, grpc, sleep].filter(Boolean).length
  if (exec && !exec.command?.length) errors.push(field.required(`${path}.exec.command`))
  if (httpGet) errors.push(...httpErrors(`${path}.httpGet`, httpGet))
  if (tcpSocket) errors.push(...targetPortErrors(`${path}.tcpSocket.port`, tcpSocket.port))
  if (grpc)
    errors.push(...portNumberErrors(grpc.port).map((detail) => field.invalid(`${path}.grpc.port`, grpc.port, detail)))
  if (given > 1) errors.push(field.forbidden(`${path}.${second(handler)}`, 'may not specify more than 1 handler type'))
  if (given === 0) errors.push(field.required(path, 'must specify a handler type'))
  return errors
}

const second = (handler: Probe & LifecycleHandler): string =>
  (['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const).filter((name) => handler[name])[1] ?? ''

function httpErrors(
  path: string,
  { path: target, port, scheme }: NonNullable<Probe['httpGet']>,
): readonly FieldError[] {
  return [
    ...(target ? [] : [field.required(`${path}.path`)]),
    ...targetPortErrors(`${path}.port`, port),
    ...(scheme === 'HTTP' || scheme === 'HTTPS'
      ? []
      : [field.notSupported(`${path}.scheme`, scheme, ['HTTP', 'HTTPS'])]),
  ]
}
