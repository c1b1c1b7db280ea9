import { inColumns } from '../editor/completion.ts'
import { joinPath, resolvePath } from '../files/paths.ts'
import { errorText } from '../files/system-error.ts'
import { type CommandContext, defineCommand, type FileFacts } from '../types.ts'
import { parseArguments } from './arguments.ts'
import { formatDate } from './date-format.ts'

const FLAGS = [...'1aAlhdRtrSFCgoinkpsUX']
const LONG = [
  'all',
  'almost-all',
  'human-readable',
  'directory',
  'recursive',
  'reverse',
  'classify',
  'color',
  'size',
  'inode',
]
const HALF_YEAR_MS = 182 * 86_400_000

interface Entry extends FileFacts {
  readonly name: string
  readonly path: string
}

interface View {
  readonly has: (...names: string[]) => boolean
  readonly colours: boolean
  readonly now: number
}

export const ls = defineCommand({
  name: 'ls',
  summary: 'List files',
  async run(context) {
    const { argv, err, out, tty, time, cwd } = context
    const { flags, values, words, unknown } = parseArguments(argv.slice(1), {
      flags: [...FLAGS, ...LONG],
      values: ['color'],
    })
    if (unknown !== undefined) {
      const text = unknown.startsWith('--')
        ? `unrecognized option '${unknown}'`
        : `invalid option -- '${unknown.slice(1)}'`
      err(`ls: ${text}\nTry 'ls --help' for more information.\n`)
      return 2
    }
    const colour = values.get('color')
    const view: View = {
      has: (...names) => names.some((name) => flags.has(name)),
      colours: colour === 'always' || (tty !== undefined && colour === 'auto'),
      now: time.now(),
    }
    const { files, directories, failed } = await sortOut(context, words.length === 0 ? ['.'] : words, view)
    const blocks: string[] = []
    if (files.length > 0) blocks.push(layOut(arrange(files, view), view, tty?.columns))
    const isTitled = words.length > 1 || view.has('R', 'recursive')
    for (const directory of directories) {
      await listDirectory(context, directory, resolvePath(cwd, directory), { view, isTitled, blocks })
    }
    out(blocks.join('\n'))
    return failed ? (context.userland === 'busybox' ? 1 : 2) : 0
  },
})

async function sortOut(
  { files: tree, cwd, userland, err }: CommandContext,
  words: readonly string[],
  view: View,
): Promise<{ readonly files: Entry[]; readonly directories: string[]; readonly failed: boolean }> {
  const files: Entry[] = []
  const directories: string[] = []
  let failed = false
  for (const name of words) {
    const path = resolvePath(cwd, name)
    const fact = await tree.facts?.(path, { followLinks: !view.has('l') })
    if (fact === undefined) {
      const subject = userland === 'busybox' ? name : `cannot access '${name}'`
      err(`ls: ${subject}: No such file or directory\n`)
      failed = true
    } else if (fact.kind === 'directory' && !view.has('d', 'directory')) directories.push(name)
    else files.push({ ...fact, name, path })
  }
  return { files, directories, failed }
}

async function listDirectory(
  context: CommandContext,
  shown: string,
  path: string,
  { view, isTitled, blocks }: { readonly view: View; readonly isTitled: boolean; readonly blocks: string[] },
): Promise<void> {
  let names: readonly string[]
  try {
    names = await context.files.list(path)
  } catch (error) {
    context.err(`ls: cannot open directory '${shown}': ${errorText(error)}\n`)
    return
  }
  const hidden = view.has('a', 'all') ? ['.', '..'] : []
  const visible = names.filter((name) => !name.startsWith('.') || view.has('a', 'A', 'all', 'almost-all'))
  const entries: Entry[] = []
  for (const name of [...hidden, ...visible]) {
    const at = resolvePath(path, name)
    const fact = await context.files.facts?.(at, { followLinks: false })
    if (fact !== undefined) entries.push({ ...fact, name, path: at })
  }
  const title = isTitled ? `${shown}:\n` : ''
  const total = view.has('l', 'g', 'o', 's') ? `total ${blockCount(entries)}\n` : ''
  blocks.push(title + total + layOut(arrange(entries, view), view, context.tty?.columns))
  if (!view.has('R', 'recursive')) return
  for (const entry of entries) {
    if (entry.kind !== 'directory' || entry.name === '.' || entry.name === '..') continue
    await listDirectory(context, joinPath(shown, entry.name), entry.path, { view, isTitled, blocks })
  }
}

function arrange(entries: readonly Entry[], view: View): readonly Entry[] {
  // As in Ubuntu's C.UTF-8 locale: by code point.
  const byName = (left: Entry, right: Entry): number => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0)
  const sorted = view.has('U') ? [...entries] : [...entries].sort(byName)
  if (view.has('t')) sorted.sort((left, right) => right.modified - left.modified)
  if (view.has('S', 'size')) sorted.sort((left, right) => right.size - left.size)
  return view.has('r', 'reverse') ? sorted.reverse() : sorted
}

function layOut(entries: readonly Entry[], view: View, columns: number | undefined): string {
  if (entries.length === 0) return ''
  if (view.has('l', 'g', 'o', 'n')) return longRows(entries, view)
  const names = entries.map((entry) => coloured(entry, view) + mark(entry, view))
  if (view.has('1') || (columns === undefined && !view.has('C'))) return `${names.join('\n')}\n`
  return `${inColumns(names, columns ?? 80)}\n`
}

function longRows(entries: readonly Entry[], view: View): string {
  const sizes = entries.map(({ size }) => (view.has('h', 'human-readable') ? humanSize(size) : String(size)))
  const widest = Math.max(...sizes.map((size) => size.length))
  const links = entries.map(({ kind }) => (kind === 'directory' ? '2' : '1'))
  const rows = entries.map((entry, index) => {
    const owner = ownerOf(entry.path)
    const names = `${view.has('g') ? '' : `${owner} `}${view.has('o') ? '' : `${owner} `}`
    const target = entry.target === undefined ? '' : ` -> ${entry.target}`
    const size = (sizes[index] ?? '').padStart(widest)
    return `${modeText(entry)} ${links[index]} ${names}${size} ${timeText(entry.modified, view.now)} ${coloured(entry, view)}${mark(entry, view)}${target}\n`
  })
  return rows.join('')
}

/** Files have no owners of their own: a home belongs to its user, the rest to root. */
function ownerOf(path: string): string {
  return /^\/home\/([^/]+)/.exec(path)?.[1] ?? 'root'
}

function modeText({ kind, mode }: FileFacts): string {
  const letters = [...'rwxrwxrwx'].map((letter, index) => ((mode & (0o400 >> index)) === 0 ? '-' : letter)).join('')
  return (kind === 'directory' ? 'd' : kind === 'link' ? 'l' : '-') + letters
}

function timeText(modified: number, now: number): string {
  const isRecent = modified > now - HALF_YEAR_MS && modified <= now + 60_000
  return formatDate(modified, isRecent ? '%b %e %H:%M' : '%b %e  %Y')
}

function coloured(entry: Entry, view: View): string {
  const name = /[\s'"\\$&;|<>()*?]/.test(entry.name) && view.colours ? `'${entry.name}'` : entry.name
  const colour = !view.colours
    ? ''
    : entry.kind === 'directory'
      ? '01;34'
      : entry.kind === 'link'
        ? '01;36'
        : isProgram(entry)
          ? '01;32'
          : ''
  return colour === '' ? name : `\u001b[0m\u001b[${colour}m${name}\u001b[0m`
}

function mark(entry: Entry, view: View): string {
  if (!view.has('F', 'p', 'classify')) return ''
  if (entry.kind === 'directory') return '/'
  if (view.has('p')) return ''
  return entry.kind === 'link' ? '@' : isProgram(entry) ? '*' : ''
}

function isProgram({ kind, mode }: FileFacts): boolean {
  return kind === 'file' && (mode & 0o111) !== 0
}

function blockCount(entries: readonly Entry[]): number {
  return entries.reduce((sum, { size, kind }) => sum + (kind === 'link' ? 0 : Math.ceil(size / 4096) * 4), 0)
}

function humanSize(size: number): string {
  const units = ['', 'K', 'M', 'G']
  let value = size
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return unit === 0 ? String(value) : `${value < 10 ? Math.ceil(value * 10) / 10 : Math.ceil(value)}${units[unit]}`
}
