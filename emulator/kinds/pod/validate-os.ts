import { type FieldError, field } from '../../api/field.ts'
import type { Container, PodSpec } from '../../generated/types.ts'

const LINUX_POD = [
  'appArmorProfile',
  'seLinuxOptions',
  'hostUsers',
  'hostPID',
  'hostIPC',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'shareProcessNamespace',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
] as const
const LINUX_CONTAINER = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const
const OF_SPEC = ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace'] as const

/** The operating system that a Pod is for, and what the other one alone has (upstream: validateOS, validateLinux, validateWindows). */
export function osErrors(path: string, spec: PodSpec): readonly FieldError[] {
  const { os } = spec
  if (!os) return []
  if (!os.name) return [field.required(`${path}.os.name`, 'cannot be empty')]
  if (os.name === 'linux') return linuxErrors(path, spec)
  if (os.name === 'windows') return windowsErrors(path, spec)
  return [field.notSupported(`${path}.os`, os.name, ['linux', 'windows'])]
}

/** Upstream's order: VisitContainersWithPath. */
const containersOf = (path: string, spec: PodSpec): readonly (readonly [path: string, container: Container])[] =>
  (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, index) => [`${path}.${list}[${index}].securityContext`, container] as const),
  )

function linuxErrors(path: string, spec: PodSpec): readonly FieldError[] {
  const all = [[`${path}.securityContext`, spec] as const, ...containersOf(path, spec)]
  return all.flatMap(([at, { securityContext }]) =>
    securityContext?.windowsOptions
      ? [field.forbidden(`${at}.windowsOptions`, 'windows options cannot be set for a linux pod')]
      : [],
  )
}

function windowsErrors(path: string, spec: PodSpec): readonly FieldError[] {
  const cannot = (at: string, value: unknown): readonly FieldError[] =>
    value === undefined || value === false ? [] : [field.forbidden(at, 'cannot be set for a windows pod')]
  const context: Readonly<Record<string, unknown>> = { ...spec.securityContext }
  const specFields: readonly string[] = OF_SPEC
  return [
    ...LINUX_POD.flatMap((name) =>
      specFields.includes(name)
        ? cannot(`${path}.${name}`, spec[name as (typeof OF_SPEC)[number]])
        : cannot(`${path}.securityContext.${name}`, context[name]),
    ),
    ...containersOf(path, spec).flatMap(([at, container]) =>
      LINUX_CONTAINER.flatMap((name) =>
        container.securityContext?.[name] === undefined
          ? []
          : [field.forbidden(`${at}.${name}`, 'cannot be set for a windows pod')],
      ),
    ),
  ]
}
