import { type FieldError, field } from '../../api/field.ts'
import type { Container, PodSpec, SeccompProfile } from '../../generated/types.ts'
import { internalForm } from './internal-form.ts'

const MAX_ID = 2147483647
const PROFILES = ['Localhost', 'RuntimeDefault', 'Unconfined']
const GROUP_CHANGES = ['Always', 'OnRootMismatch']
const SYSCTL = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/

const idErrors = (path: string, id: number | undefined): readonly FieldError[] =>
  id === undefined || (id >= 0 && id <= MAX_ID)
    ? []
    : [field.invalid(path, id, `must be between 0 and ${MAX_ID}, inclusive`)]

/** What holds for all of a Pod's containers (upstream: validatePodSpecSecurityContext). */
export function podSecurityErrors(path: string, spec: PodSpec): readonly FieldError[] {
  const { securityContext: context, hostPID, shareProcessNamespace } = spec
  if (!context) return []
  const { sysctls = [], fsGroupChangePolicy } = context
  return [
    ...(hostPID && shareProcessNamespace
      ? [
          field.invalid(
            `${path}.shareProcessNamespace`,
            shareProcessNamespace,
            'ShareProcessNamespace and HostPID cannot both be enabled',
          ),
        ]
      : []),
    ...idErrors(`${path}.fsGroup`, context.fsGroup),
    ...idErrors(`${path}.runAsUser`, context.runAsUser),
    ...idErrors(`${path}.runAsGroup`, context.runAsGroup),
    ...(context.supplementalGroups ?? []).flatMap((id, index) => idErrors(`${path}.supplementalGroups[${index}]`, id)),
    ...sysctls.flatMap(({ name }, index) => sysctlErrors(`${path}.sysctls[${index}].name`, name, index, sysctls)),
    ...(fsGroupChangePolicy === undefined || GROUP_CHANGES.includes(fsGroupChangePolicy)
      ? []
      : [field.notSupported(`${path}.fsGroupChangePolicy`, fsGroupChangePolicy, GROUP_CHANGES)]),
    ...seccompErrors(`${path}.seccompProfile`, context.seccompProfile),
  ]
}

function sysctlErrors(
  path: string,
  name: string,
  index: number,
  all: readonly { readonly name: string }[],
): readonly FieldError[] {
  if (!name) return [field.required(path)]
  if (name.length > 253 || !SYSCTL.test(name)) {
    const detail = `must have at most 253 characters and match regex ${SYSCTL.source.replaceAll('\\', '')}`
    return [field.invalid(path, name, detail)]
  }
  return all.slice(0, index).some((other) => other.name === name) ? [field.duplicate(path, name)] : []
}

function seccompErrors(path: string, profile: SeccompProfile | undefined): readonly FieldError[] {
  if (!profile) return []
  const { type, localhostProfile } = profile
  if (type === '') return [field.required(`${path}.type`, 'type is required when seccompProfile is set')]
  if (!PROFILES.includes(type)) return [field.notSupported(`${path}.type`, type, PROFILES)]
  if (type === 'Localhost')
    return localhostProfile
      ? []
      : [field.required(`${path}.localhostProfile`, 'must be set when seccomp type is Localhost ')]
  return localhostProfile === undefined
    ? []
    : [field.invalid(`${path}.localhostProfile`, localhostProfile, 'can only be set when seccomp type is Localhost')]
}

/** What holds for one container (upstream: ValidateSecurityContext). */
export function containerSecurityErrors(
  path: string,
  { securityContext: context }: Container,
  { hostUsers }: PodSpec,
): readonly FieldError[] {
  if (!context) return []
  const escalates = context.allowPrivilegeEscalation === false
  const whole = (when: boolean | undefined, detail: string): readonly FieldError[] =>
    when ? [field.invalid(path, internalForm(context, 'SecurityContext'), detail)] : []
  const never = 'cannot set `allowPrivilegeEscalation` to false and'
  return [
    ...idErrors(`${path}.runAsUser`, context.runAsUser),
    ...idErrors(`${path}.runAsGroup`, context.runAsGroup),
    ...procMountErrors(`${path}.procMount`, context.procMount, hostUsers),
    ...seccompErrors(`${path}.seccompProfile`, context.seccompProfile),
    ...whole(escalates && context.privileged, `${never} \`privileged\` to true`),
    ...whole(
      escalates && context.capabilities?.add?.includes('CAP_SYS_ADMIN'),
      `${never} \`capabilities.Add\` CAP_SYS_ADMIN`,
    ),
  ]
}

function procMountErrors(path: string, procMount: string | undefined, hostUsers = true): readonly FieldError[] {
  const known = ['Default', 'Unmasked']
  if (procMount === undefined) return []
  if (!known.includes(procMount)) return [field.notSupported(path, procMount, known)]
  return procMount === 'Unmasked' && hostUsers
    ? [field.invalid(path, procMount, '`hostUsers` must be false to use `Unmasked`')]
    : []
}
