import { dns1123LabelErrors } from '../../api/names.ts'
import type { Pod, PodSpec, PodTemplateSpec } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'
import { affinityWarnings, DEPRECATED_LABELS, nodeAffinityWarnings } from './warnings-affinity.ts'
import { containerWarnings, fractionWarnings, portWarnings } from './warnings-containers.ts'
import { volumeWarnings } from './warnings-volumes.ts'

/** Warnings that a write of a Pod answers with (upstream: pkg/api/pod/warnings.go GetWarningsForPod). */
export function podWarnings(pod: Pod): readonly string[] {
  return [
    ...nameWarnings("the Pod's hostname", pod.metadata?.name),
    ...(pod.spec ? specWarnings('', pod.spec, pod.metadata?.annotations ?? {}, false) : []),
  ]
}

/** The same for a Pod template; `path` is that of its spec. */
export const templateWarnings = (
  template: PodTemplateSpec | undefined,
  path = 'spec.template.spec',
): readonly string[] =>
  template?.spec
    ? specWarnings(path.replace(/spec$/, ''), template.spec, template.metadata?.annotations ?? {}, true)
    : []

/** A name that is no DNS label makes surprising host names. */
export function nameWarnings(use: string, name = ''): readonly string[] {
  const problems = dns1123LabelErrors(name)
  if (name === '' || problems.length === 0) return []
  return [
    `metadata.name: this is used in ${use}, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`,
  ]
}

type Annotations = { readonly [key: string]: string }

const DEPRECATED_ANNOTATIONS = [
  ['scheduler.alpha.kubernetes.io/critical-pod', 'v1.16+; use the "priorityClassName" field instead'],
  ['security.alpha.kubernetes.io/sysctls', 'v1.11+; use the "sysctls" field instead'],
  ['security.alpha.kubernetes.io/unsafe-sysctls', 'v1.11+; use the "sysctls" field instead'],
] as const

function specWarnings(base: string, spec: PodSpec, annotations: Annotations, template: boolean): readonly string[] {
  const path = `${base}spec`
  return [
    ...nodeWarnings(path, spec),
    ...DEPRECATED_ANNOTATIONS.filter(([key]) => Object.hasOwn(annotations, key)).map(
      ([key, advice]) => `${base}metadata.annotations[${key}]: non-functional in ${advice}`,
    ),
    ...volumeWarnings(`${path}.volumes`, spec.volumes ?? []),
    ...listWarnings(path, spec),
    ...fractionWarnings(`${path}.overhead`, spec.overhead),
    ...seccompWarnings(base, spec, annotations),
    ...eachContainer(path, spec).flatMap(([at, container]) => [
      ...annotationWarnings(base, spec, container, annotations, template),
      ...containerWarnings(at, container),
    ]),
    ...portWarnings(eachContainer(path, spec)),
    ...((spec.terminationGracePeriodSeconds ?? 0) < 0
      ? [`${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`]
      : []),
    ...affinityWarnings(`${path}.affinity`, spec.affinity),
  ]
}

/** Containers with their paths, in upstream's order. */
const eachContainer = (path: string, spec: PodSpec) =>
  (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, index) => [`${path}.${list}[${index}]`, container] as const),
  )

/** Old names of node labels, and constraints that select nothing. */
function nodeWarnings(path: string, spec: PodSpec): readonly string[] {
  return [
    ...Object.keys(spec.nodeSelector ?? {})
      .sort(byBytes)
      .flatMap((key) => {
        const advice = DEPRECATED_LABELS.get(key)
        return advice ? [`${path}.nodeSelector[${key}]: ${advice}`] : []
      }),
    ...nodeAffinityWarnings(`${path}.affinity.nodeAffinity`, spec.affinity?.nodeAffinity),
    ...(spec.topologySpreadConstraints ?? []).flatMap(({ topologyKey, labelSelector }, index) => {
      const at = `${path}.topologySpreadConstraints[${index}]`
      const advice = DEPRECATED_LABELS.get(topologyKey)
      return [
        ...(advice ? [`${at}.topologyKey: ${topologyKey} is ${advice}`] : []),
        ...(labelSelector ? [] : [`${at}.labelSelector: a null labelSelector results in matching no pod`]),
      ]
    }),
  ]
}

function listWarnings(path: string, { hostAliases = [], imagePullSecrets = [] }: PodSpec): readonly string[] {
  const again = (values: readonly string[], at: (index: number) => string, what: string) =>
    values.flatMap((value, index) =>
      values.indexOf(value) < index ? [`${at(index)}: duplicate ${what} ${JSON.stringify(value)}`] : [],
    )
  const names = imagePullSecrets.map(({ name }) => name ?? '')
  const nameAt = (index: number) => `${path}.imagePullSecrets[${index}].name`
  return [
    ...again(
      hostAliases.map(({ ip }) => ip),
      (index) => `${path}.hostAliases[${index}].ip`,
      'ip',
    ),
    ...again(names, nameAt, 'name'),
    ...names.flatMap((name, index) => (name === '' ? [`${nameAt(index)}: invalid empty name ""`] : [])),
  ]
}

const POD_SECCOMP = 'seccomp.security.alpha.kubernetes.io/pod'
const CONTAINER_SECCOMP = 'container.seccomp.security.alpha.kubernetes.io/'
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/'

function seccompWarnings(base: string, { securityContext }: PodSpec, annotations: Annotations): readonly string[] {
  if (securityContext?.seccompProfile || !Object.hasOwn(annotations, POD_SECCOMP)) return []
  return [
    `${base}metadata.annotations[${POD_SECCOMP}]: non-functional in v1.27+; use the "seccompProfile" field instead`,
  ]
}

/** Annotations about one container that a field has replaced. */
function annotationWarnings(
  base: string,
  spec: PodSpec,
  { name, securityContext }: { readonly name: string; readonly securityContext?: PodSpec['securityContext'] },
  annotations: Annotations,
  template: boolean,
): readonly string[] {
  const at = (key: string, text: string) =>
    Object.hasOwn(annotations, key) ? [`${base}metadata.annotations[${key}]: ${text}`] : []
  const armoured = spec.securityContext?.appArmorProfile ?? securityContext?.appArmorProfile
  return [
    ...(securityContext?.seccompProfile
      ? []
      : at(`${CONTAINER_SECCOMP}${name}`, 'non-functional in v1.27+; use the "seccompProfile" field instead')),
    ...(template && !armoured
      ? at(`${APPARMOR}${name}`, 'deprecated since v1.30; use the "appArmorProfile" field instead')
      : []),
  ]
}
