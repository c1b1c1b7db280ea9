/** Annotations that mean something to a Pod (upstream: pkg/apis/core/validation ValidatePodSpecificAnnotations). */
import { type FieldError, field } from '../../api/field.ts'
import type { Container, PodSpec } from '../../generated/types.ts'
import { relativePathErrors } from '../storage/paths.ts'

type Annotations = { readonly [key: string]: string }

const MIRROR = 'kubernetes.io/config.mirror'
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost'
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod'
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/'
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/'

/** Upstream's order of containers: VisitContainersWithPath. */
const containersOf = (path: string, spec: PodSpec): readonly (readonly [path: string, container: Container])[] =>
  (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, index) => [`${path}.${list}[${index}]`, container] as const),
  )

export function podAnnotationErrors(path: string, annotations: Annotations = {}, spec: PodSpec): readonly FieldError[] {
  const errors: FieldError[] = []
  const mirror = annotations[MIRROR]
  const cost = annotations[DELETION_COST]
  const pod = annotations[SECCOMP_POD]
  if (mirror !== undefined && !spec.nodeName)
    errors.push(field.invalid(`${path}[${MIRROR}]`, mirror, 'must set spec.nodeName if mirror pod annotation is set'))
  if (cost !== undefined && !isCost(cost))
    errors.push(field.invalid(`${path}[${DELETION_COST}]`, cost, 'must be a 32bit integer'))
  if (pod !== undefined) errors.push(...seccompErrors(`${path}.${SECCOMP_POD}`, pod))
  for (const [key, value] of Object.entries(annotations).sort())
    if (key.startsWith(SECCOMP_CONTAINER)) errors.push(...seccompErrors(`${path}.${key}`, value))
  for (const [key, value] of Object.entries(annotations).sort())
    if (key.startsWith(APP_ARMOR)) errors.push(...appArmorErrors(`${path}[${key}]`, key, value, spec))
  return errors
}

/** No sign that says nothing, and no zeros in front. */
const isCost = (text: string): boolean =>
  /^-?(0|[1-9]\d*)$/.test(text) && text !== '-0' && Number(text) >= -(2 ** 31) && Number(text) < 2 ** 31

function seccompErrors(path: string, profile: string): readonly FieldError[] {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return []
  if (profile.startsWith('localhost/')) return relativePathErrors(path, profile.slice('localhost/'.length))
  return [field.invalid(path, profile, 'must be a valid seccomp profile')]
}

function appArmorErrors(path: string, key: string, profile: string, spec: PodSpec): readonly FieldError[] {
  const name = key.slice(APP_ARMOR.length)
  const known = containersOf('spec', spec).some(([, container]) => container.name === name)
  const valid = ['', 'runtime/default', 'unconfined'].includes(profile) || profile.startsWith('localhost/')
  return [
    ...(known ? [] : [field.invalid(path, name, 'container not found')]),
    ...(valid ? [] : [field.invalid(path, profile, `invalid AppArmor profile name: ${JSON.stringify(profile)}`)]),
  ]
}

/** Where annotation and field both speak of a profile, they say the same (upstream: validateSeccompAnnotationsAndFields and the like for AppArmor). */
export function profileMatchErrors(path: string, annotations: Annotations = {}, spec: PodSpec): readonly FieldError[] {
  const { securityContext: pod } = spec
  const containers = containersOf(path, spec)
  return [
    ...matchErrors(`${path}.securityContext.seccompProfile`, annotations[SECCOMP_POD], pod?.seccompProfile, 'seccomp'),
    ...containers.flatMap(([at, { name, securityContext }]) => {
      const annotation = annotations[`${SECCOMP_CONTAINER}${name}`]
      return matchErrors(`${at}.securityContext.seccompProfile`, annotation, securityContext?.seccompProfile, 'seccomp')
    }),
    ...(spec.os?.name === 'windows' ? [] : containers).flatMap(([at, { name, securityContext }]) => {
      const profile = securityContext?.appArmorProfile ?? pod?.appArmorProfile
      const annotation = annotations[`${APP_ARMOR}${name}`]
      return matchErrors(`${at}.securityContext.appArmorProfile`, annotation, profile, 'apparmor')
    }),
  ]
}

interface Profile {
  readonly type: string
  readonly localhostProfile?: string
}

function matchErrors(
  path: string,
  annotation: string | undefined,
  profile: Profile | undefined,
  what: 'seccomp' | 'apparmor',
): readonly FieldError[] {
  if (annotation === undefined || !profile) return []
  const wrongType = [field.forbidden(`${path}.type`, `${what} type in annotation and field must match`)]
  if (profile.type === 'Unconfined') return annotation === 'unconfined' ? [] : wrongType
  if (profile.type === 'RuntimeDefault') {
    const same = annotation === 'runtime/default' || (what === 'seccomp' && annotation === 'docker/default')
    return same ? [] : wrongType
  }
  if (profile.type !== 'Localhost') return []
  if (!annotation.startsWith('localhost/')) return wrongType
  return annotation.slice('localhost/'.length) === profile.localhostProfile
    ? []
    : [field.forbidden(`${path}.localhostProfile`, `${what} profile in annotation and field must match`)]
}

/** What may not come, go or change once a Pod stands (upstream: ValidatePodSpecificAnnotationUpdates). */
export function annotationUpdateErrors(path: string, next: Annotations = {}, old: Annotations = {}) {
  const touched = Object.keys(old)
    .sort()
    .filter((key) => next[key] !== old[key])
  const added = Object.keys(next)
    .sort()
    .filter((key) => !Object.hasOwn(old, key))
  const refuse = (keys: readonly string[], verb: string): readonly FieldError[] =>
    keys.flatMap((key) => [
      ...(key.startsWith(APP_ARMOR)
        ? [field.forbidden(`${path}[${key}]`, `may not ${verb} AppArmor annotations`)]
        : []),
      ...(key === MIRROR ? [field.forbidden(`${path}[${key}]`, `may not ${verb} mirror pod annotation`)] : []),
    ])
  return [...refuse(touched, 'remove or update'), ...refuse(added, 'add')]
}
