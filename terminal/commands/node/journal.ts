/** What a node's units have logged: their starts and stops, and for the kubelet what it did with its Pods. */
import type { Cluster, Kube, Machine } from '../../../emulator/index.ts'
import { itemsOf } from './node-place.ts'
import { startProblem, UNITS, type Unit } from './units.ts'

export interface JournalLine {
  readonly at: number
  readonly text: string
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export function journalLines(cluster: Cluster, node: Machine, name: Unit['name']): readonly JournalLine[] {
  const unit = UNITS.find((one) => one.name === name)
  if (unit === undefined) return []
  const entries = [...unitEntries(cluster, node, unit), ...(name === 'kubelet' ? eventEntries(cluster, node) : [])]
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
  const process = (message: string): Entry => ({ at, from: `${unit.name}[${unit.pid}]`, message })
  const title = `${unit.name}.service - ${unit.description}`
  if (node.units[unit.name] === 'running') return [systemd(`Started ${title}.`)]
  const problem = startProblem(unit, node)
  if (problem === undefined) {
    return [
      systemd(`Stopping ${title}...`),
      systemd(`${unit.name}.service: Deactivated successfully.`),
      systemd(`Stopped ${title}.`),
    ]
  }
  const recent = Math.max(at, cluster.now() - ((cluster.now() - at) % 10_000))
  return [
    systemd(`Started ${title}.`),
    process(klog('E', at, unit.pid, 'run.go:72] "command failed"', `err=${JSON.stringify(problem)}`)),
    { ...systemd(`${unit.name}.service: Main process exited, code=exited, status=1/FAILURE`), at: recent },
    { ...systemd(`${unit.name}.service: Failed with result 'exit-code'.`), at: recent },
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
