import { type FieldError, field } from '../../api/field.ts'
import { dns1123LabelErrors, portNameErrors, portNumberErrors } from '../../api/names.ts'
import type { Container, ContainerPort, PodSpec, VolumeMount } from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'
import { envErrors, envFromErrors } from './validate-env.ts'
import { handlerErrors, probeErrors } from './validate-probes.ts'
import { resourceErrors } from './validate-resources.ts'
import { containerSecurityErrors } from './validate-security.ts'

const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']
const MESSAGE_POLICIES = ['FallbackToLogsOnError', 'File']

/** Regular containers (upstream: pkg/apis/core/validation validateContainers). */
export function containersErrors(path: string, spec: PodSpec): readonly FieldError[] {
  const containers = spec.containers ?? []
  if (containers.length === 0) return [field.required(path)]
  return [
    ...containers.flatMap((container, index) => {
      const at = `${path}[${index}]`
      return [
        ...commonErrors(at, container, spec),
        ...duplicateNameErrors(at, container, containers.slice(0, index)),
        ...lifecycleErrors(at, container),
        ...probeErrors(`${at}.livenessProbe`, container.livenessProbe, 'liveness'),
        ...probeErrors(`${at}.readinessProbe`, container.readinessProbe, 'readiness'),
        ...probeErrors(`${at}.startupProbe`, container.startupProbe, 'startup'),
      ]
    }),
    ...hostPortErrors(path, containers),
  ]
}

/** Init containers; those that restart always are sidecars and may have probes. */
export function initContainersErrors(path: string, spec: PodSpec): readonly FieldError[] {
  const containers = spec.initContainers ?? []
  return containers.flatMap((container, index) => {
    const at = `${path}[${index}]`
    const sidecar = container.restartPolicy === 'Always'
    const regular = spec.containers ?? []
    return [
      ...commonErrors(at, container, spec),
      ...duplicateNameErrors(at, container, [...regular, ...containers.slice(0, index)]),
      ...(sidecar ? sidecarErrors(at, container) : plainInitErrors(at, container)),
      ...hostPortErrors(path, [container], index),
    ]
  })
}

function sidecarErrors(at: string, container: Container): readonly FieldError[] {
  return [
    ...lifecycleErrors(at, container),
    ...probeErrors(`${at}.livenessProbe`, container.livenessProbe, 'liveness'),
    ...probeErrors(`${at}.readinessProbe`, container.readinessProbe, 'readiness'),
    ...probeErrors(`${at}.startupProbe`, container.startupProbe, 'startup'),
  ]
}

function plainInitErrors(at: string, container: Container): readonly FieldError[] {
  const not = 'may not be set for init containers without restartPolicy=Always'
  return (['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const).flatMap((name) =>
    container[name] ? [field.forbidden(`${at}.${name}`, not)] : [],
  )
}

function commonErrors(at: string, container: Container, spec: PodSpec): readonly FieldError[] {
  const { name, image, terminationMessagePolicy, imagePullPolicy } = container
  return [
    ...(name ? nameErrors(`${at}.name`, name, dns1123LabelErrors) : [field.required(`${at}.name`)]),
    ...imageErrors(`${at}.image`, image),
    ...chosenErrors(`${at}.terminationMessagePolicy`, terminationMessagePolicy, MESSAGE_POLICIES),
    ...portsErrors(`${at}.ports`, container.ports ?? []),
    ...envErrors(`${at}.env`, container.env ?? []),
    ...envFromErrors(`${at}.envFrom`, container.envFrom ?? []),
    ...mountErrors(
      `${at}.volumeMounts`,
      container.volumeMounts ?? [],
      (spec.volumes ?? []).map((volume) => volume.name),
    ),
    ...chosenErrors(`${at}.imagePullPolicy`, imagePullPolicy, PULL_POLICIES),
    ...resourceErrors(`${at}.resources`, container.resources),
    ...containerSecurityErrors(`${at}.securityContext`, container, spec),
  ]
}

function imageErrors(path: string, image: string | undefined): readonly FieldError[] {
  if (!image) return [field.required(path)]
  return image === image.trim() ? [] : [field.invalid(path, image, 'must not have leading or trailing whitespace')]
}

function chosenErrors(path: string, value: string | undefined, supported: readonly string[]): readonly FieldError[] {
  if (!value) return [field.required(path)]
  return supported.includes(value) ? [] : [field.notSupported(path, value, supported)]
}

const duplicateNameErrors = (at: string, { name }: Container, before: readonly Container[]): readonly FieldError[] =>
  name && before.some((other) => other.name === name) ? [field.duplicate(`${at}.name`, name)] : []

function portsErrors(path: string, ports: readonly ContainerPort[]): readonly FieldError[] {
  return ports.flatMap((port, index) => {
    const at = `${path}[${index}]`
    const number = (name: string, value: number): FieldError[] =>
      portNumberErrors(value).map((detail) => field.invalid(`${at}.${name}`, value, detail))
    return [
      ...portNameFieldErrors(`${at}.name`, port, ports.slice(0, index)),
      ...(port.containerPort ? number('containerPort', port.containerPort) : [field.required(`${at}.containerPort`)]),
      ...(port.hostPort ? number('hostPort', port.hostPort) : []),
      ...chosenErrors(`${at}.protocol`, port.protocol, PROTOCOLS),
    ]
  })
}

function portNameFieldErrors(
  path: string,
  { name }: ContainerPort,
  before: readonly ContainerPort[],
): readonly FieldError[] {
  if (!name) return []
  const errors = nameErrors(path, name, portNameErrors)
  if (errors.length > 0) return errors
  return before.some((other) => other.name === name) ? [field.duplicate(path, name)] : []
}

/** Two containers may not claim one port of the host. */
function hostPortErrors(path: string, containers: readonly Container[], offset = 0): readonly FieldError[] {
  const seen = new Set<string>()
  return containers.flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ hostPort, hostIP = '', protocol }, portIndex) => {
      if (!hostPort) return []
      const key = `${protocol}/${hostIP}/${hostPort}`
      const taken = seen.has(key)
      seen.add(key)
      return taken ? [field.duplicate(`${path}[${index + offset}].ports[${portIndex}].hostPort`, key)] : []
    }),
  )
}

function mountErrors(path: string, mounts: readonly VolumeMount[], volumes: readonly string[]): readonly FieldError[] {
  return mounts.flatMap(({ name, mountPath, subPath }, index) => {
    const at = `${path}[${index}]`
    const earlier = mounts.slice(0, index).some((other) => other.mountPath === mountPath)
    return [
      ...(name ? [] : [field.required(`${at}.name`)]),
      ...(volumes.includes(name) ? [] : [field.notFound(`${at}.name`, name)]),
      ...(mountPath ? [] : [field.required(`${at}.mountPath`)]),
      ...(earlier ? [field.invalid(`${at}.mountPath`, mountPath, 'must be unique')] : []),
      ...(subPath ? relativePathErrors(`${at}.subPath`, subPath) : []),
    ]
  })
}

/** A path below the volume's root. */
export function relativePathErrors(path: string, value: string): readonly FieldError[] {
  return [
    ...(value.startsWith('/') ? [field.invalid(path, value, 'must be a relative path')] : []),
    ...(value.split('/').includes('..') ? [field.invalid(path, value, "must not contain '..'")] : []),
  ]
}

function lifecycleErrors(at: string, { lifecycle }: Container): readonly FieldError[] {
  return (['postStart', 'preStop'] as const).flatMap((name) => {
    const handler = lifecycle?.[name]
    return handler ? handlerErrors(`${at}.lifecycle.${name}`, handler) : []
  })
}
