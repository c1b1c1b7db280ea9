import { type FieldError, field } from '../../api/field.ts'
import { dns1123LabelErrors, portNameErrors, portNumberErrors } from '../../api/names.ts'
import type { Container, ContainerPort, EphemeralContainer, PodSpec, Volume } from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'
import { envErrors, envFromErrors } from './validate-env.ts'
import { deviceErrors, mountErrors } from './validate-mounts.ts'
import { handlerErrors, probeErrors } from './validate-probes.ts'
import { resourceErrors } from './validate-resources.ts'
import { resizePolicyErrors, restartErrors } from './validate-restart.ts'
import { containerSecurityErrors } from './validate-security.ts'

const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']
const MESSAGE_POLICIES = ['FallbackToLogsOnError', 'File']

type Volumes = ReadonlyMap<string, Volume>

/** Regular containers; `volumes` are those that may be mounted (upstream: pkg/apis/core/validation validateContainers). */
export function containersErrors(path: string, spec: PodSpec, volumes: Volumes): readonly FieldError[] {
  const containers = spec.containers ?? []
  if (containers.length === 0) return [field.required(path)]
  return [
    ...containers.flatMap((container, index) => {
      const at = `${path}[${index}]`
      return [
        ...commonErrors(at, container, spec, volumes),
        ...duplicateNameErrors(at, container, containers.slice(0, index)),
        ...runningErrors(at, container, spec),
        ...restartErrors(at, container),
      ]
    }),
    ...hostPortErrors(path, containers),
  ]
}

/** Init containers; those that restart always are sidecars and may have probes. */
export function initContainersErrors(path: string, spec: PodSpec, volumes: Volumes): readonly FieldError[] {
  const containers = spec.initContainers ?? []
  const regular = spec.containers ?? []
  return containers.flatMap((container, index) => {
    const at = `${path}[${index}]`
    return [
      ...commonErrors(at, container, spec, volumes),
      ...restartErrors(at, container),
      ...duplicateNameErrors(at, container, [...regular, ...containers.slice(0, index)]),
      // Upstream counts these alone, as if each were the first.
      ...hostPortErrors(path, [container]),
      ...(container.restartPolicy === 'Always' ? runningErrors(at, container, spec) : plainInitErrors(at, container)),
    ]
  })
}

/** Fields that a container beside the others cannot have, in the order of Go's struct (upstream: allowedEphemeralContainerFields). */
const REFUSED = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const

/** Containers for debugging (upstream: validateEphemeralContainers). */
export function ephemeralContainersErrors(path: string, spec: PodSpec, volumes: Volumes): readonly FieldError[] {
  const containers = spec.ephemeralContainers ?? []
  const others = [...(spec.containers ?? []), ...(spec.initContainers ?? [])]
  const cannot = 'cannot be set for an Ephemeral Container'
  return containers.flatMap((container, index) => {
    const at = `${path}[${index}]`
    const { targetContainerName: target, volumeMounts = [] } = container
    return [
      ...commonErrors(at, container, spec, volumes),
      ...imageSpaceErrors(at, container),
      ...duplicateNameErrors(at, container, [...others, ...containers.slice(0, index)]),
      ...(target && !others.some(({ name }) => name === target)
        ? [field.notFound(`${at}.targetContainerName`, target)]
        : []),
      ...REFUSED.flatMap((name) => (isSet(container[name]) ? [field.forbidden(`${at}.${name}`, cannot)] : [])),
      ...volumeMounts.flatMap((mount, place) =>
        (['subPath', 'subPathExpr'] as const).flatMap((name) =>
          mount[name] ? [field.forbidden(`${at}.volumeMounts[${place}].${name}`, cannot)] : [],
        ),
      ),
    ]
  })
}

/** Go cannot tell an empty struct from one that is not there. */
const isSet = (value: EphemeralContainer[(typeof REFUSED)[number]]): boolean =>
  value !== undefined && (typeof value !== 'object' || Object.keys(value).length > 0)

function runningErrors(at: string, container: Container, { terminationGracePeriodSeconds: grace }: PodSpec) {
  return [
    ...lifecycleErrors(at, container, grace),
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

function commonErrors(at: string, container: Container, spec: PodSpec, volumes: Volumes): readonly FieldError[] {
  const { name, image, terminationMessagePolicy, imagePullPolicy } = container
  return [
    ...(name ? nameErrors(`${at}.name`, name, dns1123LabelErrors) : [field.required(`${at}.name`)]),
    ...(image ? [] : [field.required(`${at}.image`)]),
    ...chosenErrors(`${at}.terminationMessagePolicy`, terminationMessagePolicy, MESSAGE_POLICIES),
    ...portsErrors(`${at}.ports`, container.ports ?? []),
    ...envErrors(`${at}.env`, container.env ?? []),
    ...envFromErrors(`${at}.envFrom`, container.envFrom ?? []),
    ...(container.volumeMounts ? mountErrors(`${at}.volumeMounts`, container, volumes) : []),
    ...(container.volumeDevices ? deviceErrors(`${at}.volumeDevices`, container, volumes) : []),
    ...chosenErrors(`${at}.imagePullPolicy`, imagePullPolicy, PULL_POLICIES),
    ...resourceErrors(
      `${at}.resources`,
      container.resources,
      spec.resourceClaims?.map((claim) => claim.name),
    ),
    ...resizePolicyErrors(`${at}.resizePolicy`, container.resizePolicy ?? [], spec.restartPolicy),
    ...containerSecurityErrors(`${at}.securityContext`, container, spec),
  ]
}

/** Of Pods alone, not of their templates (upstream: validateContainerOnlyForPod). */
export const imageSpaceErrors = (at: string, { image = '' }: Container): readonly FieldError[] =>
  image === image.trim() ? [] : [field.invalid(`${at}.image`, image, 'must not have leading or trailing whitespace')]

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
function hostPortErrors(path: string, containers: readonly Container[]): readonly FieldError[] {
  const seen = new Set<string>()
  return containers.flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ hostPort, hostIP = '', protocol }, portIndex) => {
      if (!hostPort) return []
      const key = `${protocol}/${hostIP}/${hostPort}`
      const taken = seen.has(key)
      seen.add(key)
      return taken ? [field.duplicate(`${path}[${index}].ports[${portIndex}].hostPort`, key)] : []
    }),
  )
}

function lifecycleErrors(at: string, { lifecycle }: Container, grace: number | undefined): readonly FieldError[] {
  return (['postStart', 'preStop'] as const).flatMap((name) => {
    const handler = lifecycle?.[name]
    return handler ? handlerErrors(`${at}.lifecycle.${name}`, handler, grace) : []
  })
}
