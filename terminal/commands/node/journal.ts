/** What a node's units have logged: their starts and stops, and for the kubelet what it did with its Pods. */
import { badManifests, type Cluster, type Kube, type Machine, networkProblem } from '../../../emulator/index.ts'
import { itemsOf } from './node-place.ts'
import { UNITS, type Unit } from './units.ts'

export interface JournalLine {
  readonly at: number
  readonly text: string
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export function journalLines(cluster: Cluster, node: Machine, name: Unit['name']): readonly JournalLine[] {
  const unit = UNITS.find((one) => one.name === name)
  if (unit === undefined) return []
  const own = name === 'kubelet' ? [...eventEntries(cluster, node), ...complaints(cluster, node)] : []
  const entries = [...unitEntries(cluster, node, unit), ...own]
  return entries
    .sort((a, b) => a.at - b.at)
    .map(({ at, from, message }) => ({ at, text: `${stamp(at)} ${node.name} ${from}: ${message}` }))
}

interface Entry {
  readonly at: number
  readonly from: string
  readonly message: string
}

function unitEntries(cluster: Cluster, node: Machine, unit: Unit): readonly Entry[] {
  const at = node.unitTimes[unit.name] ?? node.files.stat('/etc/hostname')?.modified ?? 0
  const systemd = (message: string): Entry => ({ at, from: 'systemd[1]', message })
  const title = `${unit.name}.service - ${unit.description}`
  if (node.units[unit.name] === 'running') return [systemd(`Started ${title}.`)]
  const problem = unit.name === 'kubelet' ? node.kubeletFailure : undefined
  if (problem === undefined) {
    return [
      systemd(`Stopping ${title}...`),
      systemd(`${unit.name}.service: Deactivated successfully.`),
      systemd(`Stopped ${title}.`),
    ]
  }
  const recent = Math.max(at, cluster.now() - ((cluster.now() - at) % 10_000))
  const times = Math.max(1, Math.floor((recent - at) / 10_000) + 1)
  const before = Math.max(at, recent - 10_000)
  const once = (time: number, count: number): readonly Entry[] => [
    ...(count === 1
      ? []
      : [{ ...systemd(`${unit.name}.service: Scheduled restart job, restart counter is at ${count - 1}.`), at: time }]),
    { ...systemd(`Started ${title}.`), at: time },
    problem.status === '203/EXEC'
      ? { at: time, from: `(${unit.name})[${unit.pid + count}]`, message: `${unit.name}.service: ${problem.text}` }
      : {
          at: time,
          from: `${unit.name}[${unit.pid + count}]`,
          message: klog(
            'E',
            time,
            unit.pid + count,
            'run.go:72] "command failed"',
            `err=${JSON.stringify(problem.text)}`,
          ),
        },
    { ...systemd(`${unit.name}.service: Main process exited, code=exited, status=${problem.status}`), at: time },
    { ...systemd(`${unit.name}.service: Failed with result 'exit-code'.`), at: time },
  ]
  return times === 1 ? once(at, 1) : [...once(before, times - 1), ...once(recent, times)]
}

/** How often a kubelet repeats that something is wrong. */
const COMPLAINT_MS = 5_000

/** What a kubelet that runs goes on complaining about: as often as it would have, the last few times. */
function complaints(cluster: Cluster, node: Machine): readonly Entry[] {
  if (!node.powered || node.units.kubelet !== 'running') return []
  const texts: readonly (readonly [source: string, rest: string])[] = [
    ...lostServer(node),
    ...(node.units.containerd === 'stopped'
      ? [['kubelet.go:2994] "Skipping pod synchronization"', `err="container runtime is down"`] as const]
      : []),
    ...(networkProblem(node.files) === undefined
      ? []
      : [
          [
            'kubelet.go:3117] "Container runtime network not ready"',
            'networkReady="NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized"',
          ] as const,
        ]),
    ...badManifests(node.files).map(
      ({ path, problem }) =>
        [
          'file.go:187] "Could not process manifest file"',
          `err=${JSON.stringify(`${path}: ${problem}`)} path=${JSON.stringify(path)}`,
        ] as const,
    ),
  ]
  const last = cluster.now() - (cluster.now() % COMPLAINT_MS)
  return [2, 1, 0].flatMap((back) => {
    const at = last - back * COMPLAINT_MS
    return texts.map(([source, rest]) => ({ at, from: 'kubelet[812]', message: klog('E', at, 812, source, rest) }))
  })
}

function lostServer({ kubeletLost, name }: Machine): readonly (readonly [source: string, rest: string])[] {
  if (kubeletLost === undefined) return []
  const dial = `dial tcp ${kubeletLost.replace(/^https?:\/\//, '')}: connect: connection refused`
  const nodes = `Post ${JSON.stringify(`${kubeletLost}/api/v1/nodes`)}: ${dial}`
  const lease = `Get ${JSON.stringify(`${kubeletLost}/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${name}?timeout=10s`)}: ${dial}`
  return [
    [
      'kubelet_node_status.go:107] "Unable to register node with API server"',
      `err=${JSON.stringify(nodes)} node=${JSON.stringify(name)}`,
    ],
    ['controller.go:145] "Failed to ensure lease exists, will retry"', `err=${JSON.stringify(lease)} interval="7s"`],
  ]
}

/** The kubelet's own words for what it also tells as events (upstream: pkg/kubelet, prober.go, pod_workers.go). */
function eventEntries(cluster: Cluster, node: Machine): readonly Entry[] {
  return itemsOf<Kube.CoreV1Event>(cluster, '/api/v1/events')
    .filter(({ source }) => source?.component === 'kubelet' && source.host === node.name)
    .map((event) => {
      const at = Date.parse(event.lastTimestamp ?? event.firstTimestamp ?? '') || cluster.now()
      const { namespace = '', name = '', fieldPath } = event.involvedObject
      const about =
        event.involvedObject.kind === 'Pod'
          ? ` pod=${JSON.stringify(`${namespace}/${name}`)}`
          : ` node=${JSON.stringify(name)}`
      const container = /\{(.*)\}/.exec(fieldPath ?? '')?.[1]
      const where = container === undefined ? about : `${about} containerName=${JSON.stringify(container)}`
      const message = event.message ?? ''
      const text =
        event.type === 'Warning'
          ? klog('E', at, 812, `${sourceOf(event.reason ?? '')}`, `err=${JSON.stringify(message)}${where}`)
          : klog(
              'I',
              at,
              812,
              `event.go:389] "Event occurred"${where}`,
              `reason=${JSON.stringify(event.reason)} message=${JSON.stringify(message)}`,
            )
      return { at, from: 'kubelet[812]', message: text }
    })
}

function sourceOf(reason: string): string {
  if (reason === 'Unhealthy') return 'prober.go:120] "Probe failed"'
  if (reason === 'FailedMount') return 'nestedpendingoperations.go:348] "Operation failed"'
  return 'pod_workers.go:1324] "Error syncing pod, skipping"'
}

/** klog's header: severity, date, time, process. */
function klog(level: 'I' | 'E', at: number, pid: number, source: string, rest: string): string {
  const iso = new Date(at).toISOString()
  return `${level}${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11, 23)}000 ${String(pid).padStart(7)} ${source} ${rest}`
}

function stamp(at: number): string {
  const date = new Date(at)
  return `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2, '0')} ${date.toISOString().slice(11, 19)}`
}
