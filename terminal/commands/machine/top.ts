import type { Machine } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import { parseArguments } from '../arguments.ts'
import { cpuPercent, memoryOf } from './memory.ts'
import { onMachine } from './on-machine.ts'
import { type MachineProcess, memoryPercent, nameOf, processesOf } from './processes.ts'
import { uptimeLine } from './uptime.ts'

/** procps' `top`: as `-b` prints it, once a few seconds until Ctrl-C, or -n times. */
export const top = onMachine('top', 'Show the processes that use most', async (context, machine) => {
  const { flags, values, unknown } = parseArguments(context.argv.slice(1), {
    flags: ['b', 'c', 'H', 'i'],
    values: ['n', 'd', 'o', 'p', 'u'],
  })
  if (unknown !== undefined) {
    context.err(
      `top: unknown option '${unknown.replace(/^-+/, '')}'\nUsage:\n  top -hv|-bcEeHiOSs1 -d secs -n max -u|U user -p pid(s) -o field -w [cols]\n`,
    )
    return 1
  }
  const times = Number(values.get('n') ?? (context.tty === undefined && !flags.has('b') ? 1 : Number.POSITIVE_INFINITY))
  for (let round = 1; round <= times; round += 1) {
    if (context.tty !== undefined && !flags.has('b')) context.out('\u001b[H\u001b[2J')
    context.out(screen(context, machine, values.get('o')))
    if (round < times) await context.time.sleep(Number(values.get('d') ?? 3) * 1000, context.signal)
  }
  return 0
})

function screen(context: CommandContext, machine: Machine, order: string | undefined): string {
  const memory = memoryOf(context.cluster, machine)
  const mib = (kib: number): string => (kib / 1024).toFixed(1).padStart(8)
  const rows = [...processesOf(context, machine)].sort((a, b) =>
    order?.includes('MEM') === true ? b.kib - a.kib : b.cpu - a.cpu || a.pid - b.pid,
  )
  const busy = cpuPercent(context.cluster, machine)
  const head = `top - ${uptimeLine(context, machine)}
Tasks: ${String(rows.length + 96).padStart(3)} total,   1 running, ${rows.length + 95} sleeping,   0 stopped,   0 zombie
%Cpu(s): ${(busy * 0.7).toFixed(1).padStart(4)} us, ${(busy * 0.3).toFixed(1).padStart(4)} sy,  0.0 ni, ${(100 - busy).toFixed(1).padStart(4)} id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st 
MiB Mem : ${mib(memory.total)} total, ${mib(memory.free)} free, ${mib(memory.used)} used, ${mib(memory.cache)} buff/cache     
MiB Swap:      0.0 total,      0.0 free,      0.0 used. ${mib(memory.available)} avail Mem 

    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND
`
  const line = (one: MachineProcess): string =>
    `${String(one.pid).padStart(7)} ${one.user.padEnd(9)} 20   0 ${String(one.kib * 9).padStart(7)} ${String(one.kib).padStart(6)} ${String(Math.round(one.kib * 0.4)).padStart(6)} S ${one.cpu.toFixed(1).padStart(5)} ${memoryPercent(one).padStart(5)}   0:00.00 ${nameOf(one)}\n`
  return `${head}${rows.map(line).join('')}\n`
}
