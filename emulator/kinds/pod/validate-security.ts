import { type FieldError, field } from '../../api/field.ts'
import type { AppArmorProfile, Container, PodSpec, SeccompProfile } from '../../generated/types.ts'
import { relativePathErrors } from '../storage/paths.ts'
import { internalForm } from './internal-form.ts'

const MAX_ID = 2147483647
/** As upstream lists them. */
const PROFILES = ['Localhost', 'RuntimeDefault', 'Unconfined']
const GROUP_CHANGES = ['Always', 'OnRootMismatch']
const SYSCTL = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/
const SYSCTL_TEXT = '^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$'

const idErrors = (path: string, id: number | undefined): readonly FieldError[] =>
  id === undefined || (id >= 0 && id <= MAX_ID)
    ? []
    : [field.invalid(path, id, `must be between 0 and ${MAX_ID}, inclusive`)]

const chosen = (path: string, value: string | undefined, supported: readonly string[]): readonly FieldError[] =>
  value === undefined || supported.includes(value) ? [] : [field.notSupported(path, value, supported)]

/** What holds for all of a Pod's containers (upstream: validatePodSpecSecurityContext). */
export function podSecurityErrors(path: string, spec: PodSpec): readonly FieldError[] {
  const { securityContext: context, hostPID, shareProcessNamespace: shared } = spec
  if (!context) return []
  const { sysctls = [] } = context
  return [
    ...idErrors(`${path}.fsGroup`, context.fsGroup),
    ...idErrors(`${path}.runAsUser`, context.runAsUser),
    ...idErrors(`${path}.runAsGroup`, context.runAsGroup),
    ...(context.supplementalGroups ?? []).flatMap((id, index) => idErrors(`${path}.supplementalGroups[${index}]`, id)),
    ...(hostPID && shared
      ? [
          field.invalid(
            `${path}.shareProcessNamespace`,
            shared,
            'ShareProcessNamespace and HostPID cannot both be enabled',
          ),
        ]
      : []),
    ...sysctls.flatMap(({ name }, index) => [
      ...sysctlErrors(`${path}.sysctls[${index}].name`, name, index, sysctls),
      ...hostSysctlErrors(`${path}.sysctls[${index}].name`, name, spec),
    ]),
    ...chosen(`${path}.fsGroupChangePolicy`, context.fsGroupChangePolicy, GROUP_CHANGES),
    ...seccompErrors(`${path}.seccompProfile`, context.seccompProfile),
    ...appArmorErrors(`${path}.appArmorProfile`, context.appArmorProfile),
    ...chosen(`${path}.supplementalGroupsPolicy`, context.supplementalGroupsPolicy, ['Merge', 'Strict']),
    ...chosen(`${path}.seLinuxChangePolicy`, context.seLinuxChangePolicy, ['MountOption', 'Recursive']),
  ]
}

function sysctlErrors(
  path: string,
  name: string,
  index: number,
  all: readonly { readonly name: string }[],
): readonly FieldError[] {
  if (!name) return [field.required(path)]
  if (name.length > 253 || !SYSCTL.test(name))
    return [field.invalid(path, name, `must have at most 253 characters and match regex ${SYSCTL_TEXT}`)]
  return all.slice(0, index).some((other) => other.name === name) ? [field.duplicate(path, name)] : []
}

const IPC = /^(kernel\.(shm|msg|sem$)|fs\.mqueue\.)/

/** What belongs to a namespace that the Pod shares with its node cannot be its own (upstream: ValidateHostSysctl). */
function hostSysctlErrors(path: string, name = '', { hostNetwork, hostIPC }: PodSpec): readonly FieldError[] {
  const dotted = /^[^./]*\//.test(name) ? name.replaceAll('/', '.') : name
  if (hostNetwork && dotted.startsWith('net.'))
    return [field.invalid(path, name, "may not be specified when 'hostNetwork' is true")]
  return hostIPC && IPC.test(dotted) ? [field.invalid(path, name, "may not be specified when 'hostIPC' is true")] : []
}

function seccompErrors(path: string, profile: SeccompProfile | undefined): readonly FieldError[] {
  if (!profile) return []
  const { type = '', localhostProfile } = profile
  const at = `${path}.localhostProfile`
  const errors: FieldError[] = []
  if (type === '') errors.push(field.required(`${path}.type`, 'type is required when seccompProfile is set'))
  else if (!PROFILES.includes(type)) errors.push(field.notSupported(`${path}.type`, type, PROFILES))
  if (type === 'Localhost')
    errors.push(
      ...(localhostProfile === undefined
        ? [field.required(at, 'must be set when seccomp type is Localhost')]
        : relativePathErrors(at, localhostProfile)),
    )
  else if (localhostProfile !== undefined) {
    const shown = internalForm(profile, 'SeccompProfile')
    errors.push(field.invalid(at, shown, 'can only be set when seccomp type is Localhost'))
  }
  return errors
}

const PATH_MAX = 4095

/** Upstream: ValidateAppArmorProfileField. */
function appArmorErrors(path: string, profile: AppArmorProfile | undefined): readonly FieldError[] {
  if (!profile) return []
  const { type = '', localhostProfile } = profile
  const at = `${path}.localhostProfile`
  const missing = field.required(at, 'must be set when AppArmor type is Localhost')
  if (type === '') return [field.required(`${path}.type`, 'type is required when appArmorProfile is set')]
  if (!PROFILES.includes(type)) return [field.notSupported(`${path}.type`, type, PROFILES)]
  if (type !== 'Localhost')
    return localhostProfile === undefined
      ? []
      : [field.invalid(at, localhostProfile, 'can only be set when AppArmor type is Localhost')]
  if (localhostProfile === undefined) return [missing]
  const errors: FieldError[] = localhostProfile === '' ? [missing] : []
  if (localhostProfile !== localhostProfile.trim())
    errors.push(field.invalid(at, localhostProfile, 'must not be padded with whitespace'))
  return localhostProfile.length > PATH_MAX ? [...errors, field.tooLong(at, PATH_MAX)] : errors
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
    ...(context.capabilities?.add ?? []).flatMap((name) =>
      whole(escalates && name === 'CAP_SYS_ADMIN', `${never} \`capabilities.Add\` CAP_SYS_ADMIN`),
    ),
    ...appArmorErrors(`${path}.appArmorProfile`, context.appArmorProfile),
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
