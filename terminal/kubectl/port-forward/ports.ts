/** `[LOCAL:]REMOTE` on the command line, names and Service ports made numbers (upstream: kubectl/pkg/cmd/portforward and client-go/tools/portforward). */
import type { Kube } from '../../../emulator/index.ts'
import { KubectlError } from '../errors.ts'
import type { Attachable } from '../resources/attachable.ts'

export interface PortPair {
  /** 0 takes any free port. */
  readonly local: number
  readonly remote: number
}

/** Throws KubectlError. */
export function portPairs(words: readonly string[], target: Attachable): readonly PortPair[] {
  refuseUdp(words, target)
  return translated(words, target).map(parse)
}

interface Spec {
  readonly local: string
  readonly remote: string
}

function split(word: string): Spec {
  const [local = '', remote] = word.split(':')
  return remote === undefined ? { local, remote: local } : { local, remote }
}

function translated(words: readonly string[], { type, object, pod }: Attachable): readonly string[] {
  const service = type.kind === 'Service' ? (object as Kube.Service) : undefined
  return words.map((word) => {
    const { local, remote } = split(word)
    if (service) {
      const port = isNumber(remote) ? Number(remote) : servicePortNamed(service, remote)
      const target = String(targetOf(service, pod, port))
      const mine = local === remote ? String(port) : local
      return mine === target ? target : `${mine}:${target}`
    }
    if (remote === '' || isNumber(remote)) return word
    const port = String(containerPortNamed(pod, remote))
    return local === remote ? port : `${local}:${port}`
  })
}

const isNumber = (text: string) => /^[+-]?\d+$/.test(text)

function servicePortNamed(service: Kube.Service, name: string): number {
  const found = service.spec?.ports?.find((port) => port.name === name)
  if (!found) throw new KubectlError(`Service '${service.metadata?.name}' does not have a named port '${name}'`)
  return found.port
}

function containerPortNamed(pod: Kube.Pod, name: string): number {
  const containers = pod.spec?.containers ?? []
  const found = containers.flatMap((c) => c.ports ?? []).find((port) => port.name === name)
  if (!found) throw new KubectlError(`Pod '${pod.metadata?.name}' does not have a named port '${name}'`)
  return found.containerPort
}

function targetOf(service: Kube.Service, pod: Kube.Pod, number: number): number {
  const found = service.spec?.ports?.find(({ port }) => port === number)
  if (!found) throw new KubectlError(`Service ${service.metadata?.name} does not have a service port ${number}`)
  if (service.spec?.clusterIP === 'None') return number
  const { targetPort } = found
  return typeof targetPort === 'string' ? containerPortNamed(pod, targetPort) : targetPort || number
}

/** A port that only speaks UDP cannot be forwarded. */
function refuseUdp(words: readonly string[], { type, object, pod }: Attachable): void {
  const declared =
    type.kind === 'Service'
      ? ((object as Kube.Service).spec?.ports ?? []).map(({ name, port, protocol }) => ({ name, port, protocol }))
      : (pod.spec?.containers ?? []).flatMap(({ ports = [] }) =>
          ports.map(({ name, containerPort: port, protocol }) => ({ name, port, protocol })),
        )
  for (const word of words) {
    const { remote } = split(word)
    const number = isNumber(remote) ? Number(remote) : declared.find(({ name }) => name === remote)?.port
    const meant = declared.filter(({ port }) => port === number)
    if (meant.some(({ protocol }) => protocol === 'UDP') && meant.every(({ protocol = 'TCP' }) => protocol !== 'TCP'))
      throw new KubectlError(`UDP protocol is not supported for ${remote}`)
  }
}

function parse(word: string): PortPair {
  const parts = word.split(':')
  if (parts.length > 2) throw new KubectlError(`invalid port format '${word}'`)
  const [first = '', second] = parts
  const localText = second === undefined ? first : first || '0'
  const remoteText = second ?? first
  const local = port(localText, `error parsing local port '${localText}'`)
  const remote = port(remoteText, `error parsing remote port '${remoteText}'`)
  if (remote === 0) throw new KubectlError('remote port must be > 0')
  return { local, remote }
}

function port(text: string, failure: string): number {
  const problem = !/^\d+$/.test(text) ? 'invalid syntax' : Number(text) > 65_535 ? 'value out of range' : undefined
  if (problem) throw new KubectlError(`${failure}: strconv.ParseUint: parsing ${JSON.stringify(text)}: ${problem}`)
  return Number(text)
}
