import type { Machine } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import { bootTime, cpuPercent } from './memory.ts'
import { onMachine } from './on-machine.ts'

/** procps' `uptime` [-p|-s]. */
export const uptime = onMachine('uptime', 'Show how long this machine has been running', (context, machine) => {
  const flag = context.argv[1]
  if (flag === '-s' || flag === '--since')
    context.out(`${new Date(bootTime(machine)).toISOString().slice(0, 19).replace('T', ' ')}\n`)
  else if (flag === '-p' || flag === '--pretty')
    context.out(`up ${prettyText(context.cluster.now() - bootTime(machine))}\n`)
  else context.out(` ${uptimeLine(context, machine)}\n`)
  return 0
})

export function uptimeLine({ cluster }: CommandContext, machine: Machine): string {
  const minutes = Math.floor((cluster.now() - bootTime(machine)) / 60_000)
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  const rest =
    hours > 0 ? `${String(hours).padStart(2)}:${String(minutes % 60).padStart(2, '0')}` : `${minutes % 60} min`
  const load = cpuPercent(cluster, machine) / 50
  const loads = [load, load * 0.9, load * 0.8].map((value) => value.toFixed(2)).join(', ')
  const up = `${days > 0 ? `${days} day${days > 1 ? 's' : ''}, ` : ''}${rest}`
  return `${new Date(cluster.now()).toISOString().slice(11, 19)} up ${up},  1 user,  load average: ${loads}`
}

function prettyText(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  const parts = [
    [Math.floor(minutes / 10_080), 'week'],
    [Math.floor((minutes % 10_080) / 1440), 'day'],
    [Math.floor((minutes % 1440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count > 1 ? 's' : ''}`)
    .join(', ')
}
