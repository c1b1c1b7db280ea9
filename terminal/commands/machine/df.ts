import { parseArguments } from '../arguments.ts'
import { onMachine } from './on-machine.ts'

const DISK_KIB = 19_221_248
const USED_KIB = 6_512_340

interface FileSystem {
  readonly name: string
  readonly type: string
  readonly size: number
  readonly used: number
  readonly at: string
}

/** coreutils' `df` [-h] [-T] [PATH]. */
export const df = onMachine('df', 'Show how full the disks are', (context, machine) => {
  const { flags, words, unknown } = parseArguments(context.argv.slice(1), {
    flags: ['h', 'T', 'a', 'k', 'm', 'human-readable', 'print-type'],
    values: ['t', 'type', 'x'],
  })
  if (unknown !== undefined) {
    context.err(`df: invalid option -- '${unknown.replace(/^-+/, '')}'\nTry 'df --help' for more information.\n`)
    return 1
  }
  const changed = Math.ceil(machine.files.changedBytes / 1024)
  const all: readonly FileSystem[] = [
    { name: 'tmpfs', type: 'tmpfs', size: 401_816, used: 1_264, at: '/run' },
    { name: '/dev/vda1', type: 'ext4', size: DISK_KIB, used: USED_KIB + changed, at: '/' },
    { name: 'tmpfs', type: 'tmpfs', size: 2_009_064, used: 0, at: '/dev/shm' },
    { name: 'tmpfs', type: 'tmpfs', size: 5_120, used: 0, at: '/run/lock' },
  ]
  const shown = words.length === 0 ? all : words.map((path) => mountOf(all, path))
  const human = flags.has('h') || flags.has('human-readable')
  const typed = flags.has('T') || flags.has('print-type')
  const text = (kib: number): string => (human ? humanText(kib) : String(kib))
  const rows = shown.map(({ name, type, size, used, at }) => {
    const available = Math.max(0, Math.round((size - used) * (type === 'ext4' ? 0.95 : 1)))
    const percent = `${size === 0 ? 0 : Math.ceil((used * 100) / Math.max(1, used + available))}%`
    return [name, ...(typed ? [type] : []), text(size), text(used), text(available), percent, at]
  })
  const heads = [
    'Filesystem',
    ...(typed ? ['Type'] : []),
    human ? 'Size' : '1K-blocks',
    'Used',
    human ? 'Avail' : 'Available',
    'Use%',
    'Mounted on',
  ]
  const widths = heads.map((head, at) =>
    Math.max(head.length, /^(Size|Used|Avail)/.test(head) ? 5 : 0, ...rows.map((row) => (row[at] ?? '').length)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => {
        if (at === cells.length - 1) return cell
        return at === 0 || (typed && at === 1)
          ? cell.padEnd(at === 0 ? Math.max(14, widths[0] ?? 0) : (widths[at] ?? 0))
          : cell.padStart(widths[at] ?? 0)
      })
      .join(' ')
  context.out([heads, ...rows].map((row) => `${line(row)}\n`).join(''))
  return 0
})

function mountOf(all: readonly FileSystem[], path: string): FileSystem {
  const fits = all.filter(({ at }) => path === at || path.startsWith(at === '/' ? '/' : `${at}/`))
  const best = fits.sort((a, b) => b.at.length - a.at.length)[0]
  return best ?? { name: '/dev/vda1', type: 'ext4', size: DISK_KIB, used: USED_KIB, at: '/' }
}

function humanText(kib: number): string {
  const units = ['K', 'M', 'G', 'T']
  let value = kib
  let unit = 0
  for (; value >= 1024 && unit < units.length - 1; unit += 1) value /= 1024
  if (kib === 0) return '0'
  return value < 10 ? `${(Math.ceil(value * 10) / 10).toFixed(1)}${units[unit]}` : `${Math.ceil(value)}${units[unit]}`
}
