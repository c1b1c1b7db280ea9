import { canonicalQuantity, parseQuantity } from '../../api/quantity.ts'
import type { ContainerPort, EnvVar, ResourceRequirements } from '../../generated/types.ts'

interface AnyContainer {
  readonly env?: readonly EnvVar[]
  readonly ports?: readonly ContainerPort[]
  readonly resources?: ResourceRequirements
}

/** Fractions of bytes, and variables that hide others. */
export function containerWarnings(path: string, { env = [], resources }: AnyContainer): readonly string[] {
  return [
    ...['memory', 'ephemeral-storage'].flatMap((resource) =>
      (['limits', 'requests'] as const).flatMap((side) =>
        fractionWarnings(`${path}.resources.${side}`, resources?.[side], [resource]),
      ),
    ),
    ...env.flatMap((variable, index) => {
      const again = env.slice(0, index).some(({ name }) => name === variable.name)
      const text = `${path}.env[${index}]: hides previous definition of ${JSON.stringify(variable.name)}, which may be dropped when using apply`
      return again && !extendsItself(variable) ? [text] : []
    }),
  ]
}

/** `PATH=$(PATH):/opt` makes use of what it hides. */
function extendsItself({ name, value = '', valueFrom }: EnvVar): boolean {
  const itself = `$(${name})`
  return !valueFrom && value !== itself && value.includes(itself)
}

/** Amounts of bytes that are not whole. */
export function fractionWarnings(
  path: string,
  amounts: { readonly [resource: string]: string } | undefined,
  resources: readonly string[] = ['memory', 'ephemeral-storage'],
): readonly string[] {
  return resources.flatMap((resource) => {
    const amount = amounts?.[resource] ?? '0'
    if ((parseQuantity(amount)?.nano ?? 0n) % 1_000_000_000n === 0n) return []
    return [`${path}[${resource}]: fractional byte value "${canonicalQuantity(amount)}" is invalid, must be an integer`]
  })
}

type Placed = readonly [path: string, container: AnyContainer]

/** Ports of all containers that are, or may be, one. */
export function portWarnings(containers: readonly Placed[]): readonly string[] {
  const all = containers.flatMap(([path, { ports = [] }]) =>
    ports.map((port, index) => ({ at: `${path}.ports[${index}]`, port })),
  )
  return all.flatMap(({ at, port }, place) => [
    ...(port.hostIP && !port.hostPort ? [`${at}: hostIP set without hostPort: ${goPort(port)}`] : []),
    ...all
      .slice(0, place)
      .filter((other) => other.port.containerPort === port.containerPort && other.port.protocol === port.protocol)
      .flatMap((other) => {
        const clash = clashOf(port, other.port)
        return clash === undefined ? [] : [`${at}: ${clash} port definition with ${other.at}`]
      }),
  ])
}

function clashOf(port: ContainerPort, other: ContainerPort): string | undefined {
  const [hostPort, otherPort] = [port.hostPort ?? 0, other.hostPort ?? 0]
  const [hostIP, otherIP] = [port.hostIP ?? '', other.hostIP ?? '']
  if (hostPort === otherPort && hostIP === otherIP) return 'duplicate'
  if (hostPort === 0 || otherPort === 0) return 'overlapping'
  return hostPort === otherPort && (hostIP === '') !== (otherIP === '') ? 'dangerously ambiguous' : undefined
}

/** A port as Go prints the structure. */
const goPort = ({ name = '', hostPort = 0, containerPort, protocol = '', hostIP = '' }: ContainerPort): string =>
  `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`
