/** procps' `ps` on a machine: aux, -ef, -e, -p, -C, -o. */
import type { Machine } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import { type MachineProcess, memoryPercent, nameOf, processesOf } from './processes.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

interface Asked {
  readonly layout: 'short' | 'aux' | 'full'
  readonly all: boolean
  readonly pids: readonly string[]
  readonly names: readonly string[]
  readonly columns: readonly string[]
}

export function psOnMachine(context: CommandContext, machine: Machine): number {
  const asked = parse(context.argv.slice(1))
  if (typeof asked === 'string') {
    context.err(`error: ${asked}\n\nUsage:\n ps [options]\n`)
    return 1
  }
  const now = context.cluster.now()
  const chosen = asked.pids.length > 0 || asked.names.length > 0
  const shown = processesOf(context, machine).filter((one) =>
    chosen ? asked.pids.includes(String(one.pid)) || asked.names.includes(nameOf(one)) : asked.all || one.tty !== '?',
  )
  if (asked.columns.length > 0) context.out(columnsText(asked.columns, shown, now))
  else if (asked.layout === 'aux') {
    context.out('USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n')
    for (const one of shown)
      context.out(
        `${one.user.padEnd(8)} ${String(one.pid).padStart(7)} ${one.cpu.toFixed(1).padStart(4)} ${memoryPercent(one).padStart(4)} ${String(one.kib * 9).padStart(6)} ${String(one.kib).padStart(5)} ${one.tty.padEnd(8)} ${(one.tty === '?' ? 'Ssl' : 'Ss').padEnd(4)} ${startText(one.started, now)} ${minutes(one, now).padStart(6)} ${one.command}\n`,
      )
  } else if (asked.layout === 'full') {
    context.out('UID          PID    PPID  C STIME TTY          TIME CMD\n')
    for (const one of shown)
      context.out(
        `${one.user.padEnd(8)} ${String(one.pid).padStart(7)} ${String(one.parent).padStart(7)} ${String(Math.floor(one.cpu)).padStart(2)} ${startText(one.started, now)} ${one.tty.padEnd(8)} ${clock(one, now)} ${one.command}\n`,
      )
  } else {
    context.out('    PID TTY          TIME CMD\n')
    for (const one of shown)
      context.out(`${String(one.pid).padStart(7)} ${one.tty.padEnd(8)} ${clock(one, now)} ${nameOf(one)}\n`)
  }
  return shown.length > 0 ? 0 : 1
}

function parse(words: readonly string[]): Asked | string {
  let layout: Asked['layout'] = 'short'
  let all = false
  const pids: string[] = []
  const names: string[] = []
  const columns: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const letters = word.replace(/^-/, '')
    const value = (): readonly string[] => (words[++at] ?? '').split(',')
    if (/^-\w*[pCo]$/.test(word) && !word.startsWith('--')) {
      if (/[eA]/.test(letters)) all = true
      if (letters.endsWith('p')) pids.push(...value())
      else if (letters.endsWith('C')) names.push(...value())
      else columns.push(...value())
    } else if (!word.startsWith('-') && /^\d+$/.test(word)) pids.push(word)
    else if (!word.startsWith('-') && /^[auxwfel]+$/.test(word)) {
      layout = word.includes('u') ? 'aux' : layout
      all ||= /[ax]/.test(word)
    } else if (/^-[eAfFlwHaux]+$/.test(word)) {
      all ||= /[eAax]/.test(letters)
      layout = /[fFl]/.test(letters) ? 'full' : letters.includes('u') ? 'aux' : layout
    } else return word.startsWith('-') ? 'unsupported option (BSD syntax)' : 'garbage option'
  }
  return { layout, all, pids, names, columns }
}

const spent = ({ started, cpu }: MachineProcess, now: number): number =>
  Math.floor(((now - started) / 1000) * (cpu / 100))

function clock(one: MachineProcess, now: number): string {
  const seconds = spent(one, now)
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
}

function minutes(one: MachineProcess, now: number): string {
  const seconds = spent(one, now)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** The time of day, or the day. */
function startText(at: number, now: number): string {
  const date = new Date(at)
  if (now - at < 86_400_000) return date.toISOString().slice(11, 16)
  return `${MONTHS[date.getUTCMonth()]}${String(date.getUTCDate()).padStart(2, '0')}`
}

const FIELDS: ReadonlyMap<string, readonly [head: string, cell: (one: MachineProcess, now: number) => string]> =
  new Map([
    ['pid', ['PID', (one) => String(one.pid)]],
    ['ppid', ['PPID', (one) => String(one.parent)]],
    ['user', ['USER', (one) => one.user]],
    ['comm', ['COMMAND', nameOf]],
    ['cmd', ['CMD', (one) => one.command]],
    ['args', ['COMMAND', (one) => one.command]],
    ['command', ['COMMAND', (one) => one.command]],
    ['%cpu', ['%CPU', (one) => one.cpu.toFixed(1)]],
    ['pcpu', ['%CPU', (one) => one.cpu.toFixed(1)]],
    ['%mem', ['%MEM', memoryPercent]],
    ['pmem', ['%MEM', memoryPercent]],
    ['rss', ['RSS', (one) => String(one.kib)]],
    ['tty', ['TT', (one) => one.tty]],
    ['time', ['TIME', clock]],
  ])

function columnsText(columns: readonly string[], shown: readonly MachineProcess[], now: number): string {
  const known = columns.flatMap((column) => {
    const [name = '', head] = column.split('=')
    const field = FIELDS.get(name)
    return field === undefined ? [] : [{ head: head ?? field[0], cell: field[1] }]
  })
  const rows = shown.map((one) => known.map(({ cell }) => cell(one, now)))
  const heads = known.map(({ head }) => head)
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => (row[at] ?? '').length)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) =>
        at === cells.length - 1
          ? cell
          : /^(%|PID|PPID|RSS)/.test(heads[at] ?? '')
            ? cell.padStart(widths[at] ?? 0)
            : cell.padEnd(widths[at] ?? 0),
      )
      .join(' ')
  return [...(heads.every((head) => head === '') ? [] : [heads]), ...rows].map((cells) => `${line(cells)}\n`).join('')
}
