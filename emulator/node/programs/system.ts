import { NODE_CPUS, NODE_DISK_KIB, NODE_MEMORY_KIB } from '../hardware.ts'
import { parseLetters } from './arguments.ts'
import type { ContainerProcess } from './program.ts'
import { simpleProgram } from './text-program.ts'

const isBusybox = (process: ContainerProcess): boolean => process.programs.has('ash')

/** mount: without operands, what is mounted. */
export const mount = simpleProgram('mount', (process) => {
  if (process.argv.some((word, index) => index > 0 && !word.startsWith('-'))) {
    process.err('mount: permission denied (are you root?)\n')
    return 1
  }
  for (const [device, path, type, options] of mounts(process))
    process.out(`${device} on ${path} type ${type} (${options})\n`)
  return 0
})

/** df [-h|-k|-m] [PATH...] */
export const df = simpleProgram('df', (process) => {
  const { options, operands } = parseLetters(process.argv.slice(1))
  const human = options.has('h')
  const mebibytes = options.has('m')
  const size = (kib: number): string => (human ? humanSize(kib) : String(mebibytes ? Math.ceil(kib / 1024) : kib))
  const busybox = isBusybox(process)
  const sized = mounts(process).filter(([, path, type]) => SIZED.has(type) && isAsked(path, operands))
  // coreutils show a disk once, by where it was mounted first.
  const shown = busybox
    ? sized
    : sized.filter(([device, path, type], at) =>
        type === 'ext4' ? sized.findIndex(([other]) => other === device) === at : path !== '/proc/kcore',
      )
  const rows = shown.map(([device, path, , options]) => {
    const total = capacity(device, options)
    const used = device === 'tmpfs' || device === 'shm' ? 0 : Math.round(total * 0.318)
    const free = device === 'tmpfs' || device === 'shm' ? total : Math.round(total * 0.629)
    const percent = `${used === 0 ? 0 : Math.ceil((used * 100) / (used + free))}%`
    return [device, size(total), size(used), size(free), percent, path] as const
  })
  const unit = human ? 'Size' : mebibytes ? '1M-blocks' : '1K-blocks'
  if (busybox) {
    process.out(`${'Filesystem'.padEnd(20)} ${unit.padStart(9)}      Used Available Use% Mounted on\n`)
    for (const [device, total, used, free, percent, path] of rows)
      process.out(
        `${device.padEnd(20)} ${total.padStart(9)} ${used.padStart(9)} ${free.padStart(9)} ${percent.padStart(4)} ${path}\n`,
      )
    return 0
  }
  const table = [['Filesystem', unit, 'Used', human ? 'Avail' : 'Available', 'Use%', 'Mounted on'] as const, ...rows]
  const width = (column: 0 | 1 | 2 | 3 | 4): number => Math.max(...table.map((row) => row[column].length))
  const first = Math.max(14, width(0))
  for (const row of table)
    process.out(
      `${row[0].padEnd(first)} ${row[1].padStart(Math.max(5, width(1)))} ${row[2].padStart(width(2))} ${row[3].padStart(width(3))} ${row[4].padStart(4)} ${row[5]}\n`,
    )
  return 0
})

/** free [-m|-h]: of the node, as in life; limits of containers are not its business. */
export const free = simpleProgram('free', (process) => {
  const { options } = parseLetters(process.argv.slice(1))
  const size = (kib: number): string =>
    options.has('h')
      ? humanSize(kib)
      : String(Math.round(kib / (options.has('m') ? 1024 : options.has('g') ? 1024 ** 2 : 1)))
  const memory = memoryOf(process)
  const cells = (values: readonly number[]): string => values.map((kib) => size(kib).padStart(12)).join('')
  process.out(
    `${isBusybox(process) ? '' : ' '}              total        used        free      shared  buff/cache   available\n`,
  )
  const head = (name: string): string => name.padEnd(isBusybox(process) ? 7 : 8)
  process.out(
    `${head('Mem:')}${cells([memory.total, memory.used, memory.free, memory.shared, memory.cached, memory.available])}\n`,
  )
  process.out(`${head('Swap:')}${cells([0, 0, 0])}\n`)
  return 0
})

/** nproc */
export const nproc = simpleProgram('nproc', (process) => {
  process.out(`${NODE_CPUS}\n`)
  return 0
})

/** uptime */
export const uptime = simpleProgram('uptime', (process) => {
  const seconds = Number((process.files.read('/proc/uptime') ?? '0').split(' ')[0])
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor((seconds % 86_400) / 3_600)
  const minutes = String(Math.floor((seconds % 3_600) / 60)).padStart(2, '0')
  const now = new Date(process.now()).toISOString().slice(11, 19)
  const users = isBusybox(process) ? '' : ' 0 user, '
  process.out(
    ` ${now} up ${days} days, ${String(hours).padStart(2)}:${minutes}, ${users} load average: 0.08, 0.12, 0.09\n`,
  )
  return 0
})

/** top -b -n1: one look; without -b it shows one screen too. */
export const top = simpleProgram('top', (process) => {
  const memory = memoryOf(process)
  process.out(
    `Mem: ${memory.total - memory.free}K used, ${memory.free}K free, ${memory.shared}K shrd, 92416K buff, ${memory.cached}K cached\nCPU:   1% usr   1% sys   0% nic  98% idle   0% io   0% irq   0% sirq\nLoad average: 0.08 0.12 0.09 1/412 31\n  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND\n`,
  )
  const all = process.processes()
  const own = { pid: 1 + (all.at(-1)?.pid ?? 0), command: process.argv.join(' ') }
  for (const { pid, command } of [...all, own]) {
    const state = pid === own.pid ? 'R' : 'S'
    process.out(
      `${String(pid).padStart(5)} ${String(pid === 1 ? 0 : 1).padStart(5)} root     ${state}     4400   0%   0   0% ${command}\n`,
    )
  }
  return 0
})

/** kill [-SIGNAL] PID...: what the kernel lets PID 1 feel. */
export const kill = simpleProgram('kill', sendSignals)

/** The shell's own kill does the same. */
export function sendSignals(process: ContainerProcess): number {
  const words = process.argv.slice(1)
  const [flag = ''] = words
  const named = flag.startsWith('-') ? flag.slice(1).replace(/^SIG/, '') : 'TERM'
  const signal = SIGNALS.get(named) ?? named
  let code = 0
  for (const word of words.slice(flag.startsWith('-') ? 1 : 0)) {
    if (/^\d+$/.test(word) && process.signal(Number(word), signal)) continue
    process.err(`kill: can't kill pid ${word}: No such process\n`)
    code = 1
  }
  return code
}

const SIGNALS: ReadonlyMap<string, string> = new Map([
  ['1', 'HUP'],
  ['2', 'INT'],
  ['3', 'QUIT'],
  ['9', 'KILL'],
  ['15', 'TERM'],
])

/** pidof NAME... */
export const pidof = simpleProgram('pidof', (process) => {
  const wanted = new Set(process.argv.slice(1))
  const found = process.processes().filter(({ command }) => wanted.has(programName(command)))
  if (found.length === 0) return 1
  process.out(`${found.map(({ pid }) => pid).join(' ')}\n`)
  return 0
})

/** pgrep [-f] [-l] PATTERN */
export const pgrep = simpleProgram('pgrep', (process) => {
  const { options, operands } = parseLetters(process.argv.slice(1))
  const text = operands[0] ?? ''
  const found = process
    .processes()
    .filter(({ command }) => (options.has('f') ? command : programName(command)).includes(text))
  for (const { pid, command } of found)
    process.out(
      `${pid}${options.has('l') || options.has('a') ? ` ${options.has('a') ? command : programName(command)}` : ''}\n`,
    )
  return found.length === 0 ? 1 : 0
})

function programName(command: string): string {
  return (command.split(/[ :]/)[0] ?? '').split('/').pop() ?? ''
}

const SIZED = new Set(['overlay', 'tmpfs', 'ext4'])

function isAsked(path: string, operands: readonly string[]): boolean {
  return operands.length === 0 || operands.includes(path) || (path === '/' && operands.includes('.'))
}

function capacity(device: string, options: string): number {
  const size = /size=(\d+)k/.exec(options)?.[1]
  if (size !== undefined) return Number(size)
  return device === 'tmpfs' ? NODE_MEMORY_KIB / 2 : NODE_DISK_KIB
}

function mounts(process: ContainerProcess): readonly (readonly [string, string, string, string])[] {
  const lines = (process.files.read('/proc/1/mounts') ?? '').split('\n').filter((line) => line !== '')
  return lines.map((line) => {
    const [device = '', path = '', type = '', options = ''] = line.split(' ')
    return [device, path, type, options] as const
  })
}

function memoryOf(process: ContainerProcess) {
  const text = process.files.read('/proc/meminfo') ?? ''
  const value = (name: string): number => Number(new RegExp(`^${name}: +(\\d+)`, 'm').exec(text)?.[1] ?? 0)
  const cached = value('Cached') + value('Buffers') + value('SReclaimable')
  const [total, unused] = [value('MemTotal'), value('MemFree')]
  return {
    total,
    free: unused,
    cached,
    used: total - unused - cached,
    shared: value('Shmem'),
    available: value('MemAvailable'),
  }
}

function humanSize(kib: number): string {
  if (kib === 0) return '0'
  if (kib < 1024) return `${kib}.0K`
  const [value, unit] = kib < 1024 ** 2 ? [kib / 1024, 'M'] : [kib / 1024 ** 2, 'G']
  return `${value.toFixed(1)}${unit}`
}
