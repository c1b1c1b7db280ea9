import { dns1123LabelErrors } from '../../api/names.ts'
import { canonicalQuantity, parseQuantity } from '../../api/quantity.ts'
import type { Container, ContainerPort, Pod, PodSpec, PodTemplateSpec } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'

const DEPRECATED_LABELS = new Map([
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  ['failure-domain.beta.kubernetes.io/region', 'deprecated since v1.17; use "topology.kubernetes.io/region" instead'],
  ['failure-domain.beta.kubernetes.io/zone', 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead'],
  ['beta.kubernetes.io/instance-type', 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead'],
])

/** Warnings that a write of a Pod answers with (upstream: pkg/api/pod/warnings.go GetWarningsForPod). */
export function podWarnings(pod: Pod): readonly string[] {
  return [
    ...nameWarnings("the Pod's hostname", pod.metadata?.name),
    ...(pod.spec ? specWarnings('spec', pod.spec) : []),
  ]
}

/** The same for a Pod template. */
export const templateWarnings = (
  template: PodTemplateSpec | undefined,
  path = 'spec.template.spec',
): readonly string[] => (template?.spec ? specWarnings(path, template.spec) : [])

/** A name that is no DNS label makes surprising host names. */
export function nameWarnings(use: string, name = ''): readonly string[] {
  const problems = dns1123LabelErrors(name)
  if (name === '' || problems.length === 0) return []
  return [
    `metadata.name: this is used in ${use}, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`,
  ]
}

function specWarnings(path: string, spec: PodSpec): readonly string[] {
  const grace = spec.terminationGracePeriodSeconds ?? 0
  return [
    ...Object.keys(spec.nodeSelector ?? {})
      .sort(byBytes)
      .flatMap((key) => {
        const advice = DEPRECATED_LABELS.get(key)
        return advice ? [`${path}.nodeSelector[${key}]: ${advice}`] : []
      }),
    ...(['initContainers', 'containers'] as const).flatMap((list) =>
      (spec[list] ?? []).flatMap((container, index) => containerWarnings(`${path}.${list}[${index}]`, container)),
    ),
    ...(grace < 0
      ? [`${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`]
      : []),
  ]
}

function containerWarnings(path: string, { env = [], ports = [], resources }: Container): readonly string[] {
  const hidden = env.flatMap(({ name }, index) =>
    env.slice(0, index).some((other) => other.name === name)
      ? [
          `${path}.env[${index}]: hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`,
        ]
      : [],
  )
  const fractions = (['limits', 'requests'] as const).flatMap((side) => {
    const memory = resources?.[side]?.memory ?? '0'
    const fraction = (parseQuantity(memory)?.nano ?? 0n) % 1_000_000_000n !== 0n
    return fraction
      ? [
          `${path}.resources.${side}[memory]: fractional byte value "${canonicalQuantity(memory)}" is invalid, must be an integer`,
        ]
      : []
  })
  return [...fractions, ...hidden, ...portWarnings(`${path}.ports`, ports)]
}

function portWarnings(path: string, ports: readonly ContainerPort[]): readonly string[] {
  return ports.flatMap(({ containerPort, hostPort, hostIP, protocol }, index) => {
    const same = ports.findIndex(
      (other) =>
        other.containerPort === containerPort &&
        other.protocol === protocol &&
        other.hostPort === hostPort &&
        other.hostIP === hostIP,
    )
    return same < index ? [`${path}[${index}]: duplicate port definition with ${path}[${same}]`] : []
  })
}
