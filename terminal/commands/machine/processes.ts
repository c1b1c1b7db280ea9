/** What runs on a machine: its units with their flags, the containers' processes, and who is logged in. */
import type { Machine } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import { commandOf, UNITS } from '../node/units.ts'
import { bootTime, TOTAL_KIB } from './memory.ts'

export interface MachineProcess {
  readonly pid: number
  readonly parent: number
  readonly user: string
  readonly command: string
  readonly started: number
  readonly kib: number
  /** Per cent of one processor. */
  readonly cpu: number
  readonly tty: string
}

const UNIT_KIB = new Map([
  ['kubelet', 81_920],
  ['containerd', 49_152],
])

/** By process numbers. */
export function processesOf({ cluster, user, argv }: CommandContext, machine: Machine): readonly MachineProcess[] {
  const boot = bootTime(machine)
  const plain = { parent: 1, user: 'root', started: boot, kib: 12_288, cpu: 0, tty: '?' }
  const units = UNITS.filter(({ name }) => machine.units[name] === 'running').map((unit) => ({
    ...plain,
    pid: unit.pid,
    command: commandOf(unit, machine),
    started: machine.unitTimes[unit.name] ?? boot,
    kib: UNIT_KIB.get(unit.name) ?? 0,
    cpu: 1,
  }))
  const containers = cluster.containersOn(machine.name).filter(({ state }) => state.kind === 'running')
  const own = containers.flatMap(({ id, usage, processes, startedAt }) => {
    const pid = 2_000 + (Number.parseInt(id.slice(0, 4), 16) % 30_000)
    return processes.map((process, at) => ({
      ...plain,
      pid: pid + at,
      parent: at === 0 ? pid - 1 : pid,
      command: process.command,
      started: startedAt,
      kib: Math.round(usage.memoryBytes / 1024 / processes.length),
      cpu: usage.cpuMilli / 10 / processes.length,
    }))
  })
  const shell = { ...plain, user, tty: 'pts/0', started: cluster.now(), kib: 5_120 }
  return [
    { ...plain, pid: 1, parent: 0, command: '/sbin/init' },
    { ...plain, pid: 498, user: 'systemd+', command: '/usr/lib/systemd/systemd-resolved' },
    ...(machine.role === 'laptop'
      ? []
      : [{ ...plain, pid: 655, command: 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups' }]),
    ...units,
    ...own,
    { ...shell, pid: 40_204, command: '-bash' },
    { ...shell, pid: 40_377, parent: 40_204, command: argv.join(' ') },
  ].sort((a, b) => a.pid - b.pid)
}

/** What is shown of a command where there is room for a name alone. */
export const nameOf = ({ command }: MachineProcess): string =>
  (command.split(' ')[0]?.split('/').at(-1) ?? '').replace(/^-|:$/g, '').slice(0, 15)

export const memoryPercent = ({ kib }: MachineProcess): string => ((kib * 100) / TOTAL_KIB).toFixed(1)
