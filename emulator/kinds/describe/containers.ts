import { canonicalQuantity } from '../../api/quantity.ts'
import type {
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  Pod,
  Probe,
  ResourceRequirements,
} from '../../generated/types.ts'
import { joinHostPort } from '../format/address.ts'
import { byBytes } from '../format/labels.ts'
import { rfc1123 } from '../format/time.ts'
import { environmentLines } from './environment.ts'
import { boolText, indent } from './lines.ts'

/** A section of containers; without a Pod they are a template's, which sets its names in by one blank (upstream: describe.go describeContainers). */
export function containerLines(
  title: string,
  containers: readonly Container[],
  statuses: readonly ContainerStatus[] | undefined,
  pod: Pod | undefined,
): readonly string[] {
  const space = pod ? '' : '  '
  if (containers.length === 0) return [`${space}${title}: <none>`]
  return [
    `${space}${title}:`,
    ...containers.flatMap((container) => {
      const status = statuses?.find(({ name }) => name === container.name)
      return [`  ${pod ? '' : ' '}${container.name}:`, ...indent(2, oneContainer(container, status, pod))]
    }),
  ]
}

function oneContainer(
  container: Container,
  status: ContainerStatus | undefined,
  pod: Pod | undefined,
): readonly string[] {
  return [
    ...(status ? [`Container ID:\t${status.containerID ?? ''}`] : []),
    `Image:\t${container.image ?? ''}`,
    ...(status ? [`Image ID:\t${status.imageID}`] : []),
    portsLine('Port', container.ports, ({ containerPort }) => containerPort),
    portsLine('Host Port', container.ports, ({ hostPort }) => hostPort ?? 0),
    ...seccompLines(container),
    ...argumentLines('Command', container.command),
    ...argumentLines('Args', container.args),
    ...(status ? statusLines(status) : []),
    ...resourceLines(container.resources),
    ...probeLine('Liveness', container.livenessProbe),
    ...probeLine('Readiness', container.readinessProbe),
    ...probeLine('Startup', container.startupProbe),
    ...environmentLines(container, pod),
    ...mountLines(container),
  ]
}

function portsLine(
  title: string,
  ports: readonly ContainerPort[] = [],
  number: (port: ContainerPort) => number,
): string {
  const text = ports.map((port) => `${number(port)}/${port.protocol}${port.name ? ` (${port.name})` : ''}`).join(', ')
  return `${title}${ports.length > 1 ? 's' : ''}:\t${text || '<none>'}`
}

function seccompLines({ securityContext }: Container): readonly string[] {
  const profile = securityContext?.seccompProfile
  if (!profile) return []
  const local = profile.type === 'Localhost' ? indent(1, [`LocalhostProfile:\t${profile.localhostProfile ?? ''}`]) : []
  return [`SeccompProfile:\t${profile.type}`, ...local]
}

const argumentLines = (title: string, words: readonly string[] = []): readonly string[] =>
  words.length === 0
    ? []
    : [
        `${title}:`,
        ...indent(
          1,
          words.flatMap((word) => word.split('\n')),
        ),
      ]

function statusLines({ state, lastState, ready, restartCount }: ContainerStatus): readonly string[] {
  return [
    ...stateLines('State', state),
    ...(lastState?.terminated ? stateLines('Last State', lastState) : []),
    `Ready:\t${boolText(ready)}`,
    `Restart Count:\t${restartCount}`,
  ]
}

function stateLines(title: string, state: ContainerState | undefined): readonly string[] {
  if (state?.running) return [`${title}:\tRunning`, ...indent(1, [`Started:\t${rfc1123(state.running.startedAt)}`])]
  if (!state?.terminated) {
    const reason = state?.waiting?.reason
    return [`${title}:\tWaiting`, ...indent(1, reason ? [`Reason:\t${reason}`] : [])]
  }
  const { reason, message, exitCode, signal, startedAt, finishedAt } = state.terminated
  return [
    `${title}:\tTerminated`,
    ...indent(1, [
      ...(reason ? [`Reason:\t${reason}`] : []),
      ...(message ? `Message:\t${message}`.split('\n') : []),
      `Exit Code:\t${exitCode}`,
      ...(signal ? [`Signal:\t${signal}`] : []),
      `Started:\t${rfc1123(startedAt)}`,
      `Finished:\t${rfc1123(finishedAt)}`,
    ]),
  ]
}

/** Limits and Requests, each with its amounts by name. */
function resourceLines(resources: ResourceRequirements | undefined): readonly string[] {
  const list = (title: string, amounts: { readonly [name: string]: string } | undefined): readonly string[] => {
    const names = Object.keys(amounts ?? {}).sort(byBytes)
    return names.length === 0
      ? []
      : [
          `${title}:`,
          ...indent(
            1,
            names.map((name) => `${name}:\t${canonicalQuantity(amounts?.[name] ?? '')}`),
          ),
        ]
  }
  return [...list('Limits', resources?.limits), ...list('Requests', resources?.requests)]
}

const probeLine = (title: string, probe: Probe | undefined): readonly string[] =>
  probe ? [`${title}:\t${probeText(probe)}`] : []

/** `http-get http://:80/ delay=0s timeout=1s …` (upstream: describe.go DescribeProbe). */
function probeText(probe: Probe): string {
  const times = `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds ?? 0}s period=${probe.periodSeconds ?? 0}s`
  const counts = `#success=${probe.successThreshold ?? 0} #failure=${probe.failureThreshold ?? 0}`
  return `${handlerText(probe)} ${times} ${counts}`
}

function handlerText({ exec, httpGet, tcpSocket, grpc }: Probe): string {
  if (exec) return `exec [${(exec.command ?? []).join(' ')}]`
  if (httpGet)
    return `http-get ${(httpGet.scheme ?? 'HTTP').toLowerCase()}://${joinHostPort(httpGet.host ?? '', httpGet.port)}${encodeURI(withSlash(httpGet.path ?? ''))}`
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port}`
  return grpc ? `grpc <pod>:${grpc.port} ${grpc.service ?? ''}` : 'unknown'
}

const withSlash = (path: string): string => (path === '' || path.startsWith('/') ? path : `/${path}`)

function mountLines({ volumeMounts = [], volumeDevices = [] }: Container): readonly string[] {
  const mounts = [...volumeMounts]
    .sort((a, b) => byBytes(a.mountPath, b.mountPath))
    .map(({ mountPath, name, readOnly, subPath, subPathExpr }) => {
      const flags = [readOnly ? 'ro' : 'rw']
      if (subPath) flags.push(`path=${JSON.stringify(subPath)}`)
      if (subPathExpr) flags.push(`path=${JSON.stringify(subPathExpr)}`)
      return `${mountPath} from ${name} (${flags.join(',')})`
    })
  const devices = [...volumeDevices]
    .sort((a, b) => byBytes(a.devicePath, b.devicePath))
    .map(({ devicePath, name }) => `${devicePath} from ${name}`)
  return [
    mounts.length === 0 ? 'Mounts:\t<none>' : 'Mounts:',
    ...indent(1, mounts),
    ...(devices.length === 0 ? [] : ['Devices:', ...indent(1, devices)]),
  ]
}
