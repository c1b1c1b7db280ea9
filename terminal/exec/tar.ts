import { gunzipSync, gzipSync } from 'node:zlib'
import { type FileTree, resolvePath } from '../../emulator/index.ts'
import { entryHeader, readEntries, type TarEntry } from './tar-format.ts'

export interface TarRun {
  readonly files: FileTree
  readonly cwd: string
  readonly args: readonly string[]
  /** Whose words it has. */
  readonly userland: 'gnu' | 'busybox'
  /** Standard input to its end. */
  input(): Promise<Uint8Array>
}

export interface TarResult {
  readonly stdout: Uint8Array
  readonly stderr: string
  readonly code: number
}

export const isTar = (argv: readonly string[]): boolean => /^(?:.*\/)?tar$/.test(argv[0] ?? '')

const REMARK = {
  gnu: "tar: Removing leading `/' from member names\n",
  busybox: "tar: removing leading '/' from member names\n",
}
const BLOCK = 512
const MAX_ARCHIVE_BYTES = 32 << 20
const NOTHING = new Uint8Array(0)

/** tar with an archive on its standard streams, which is what `kubectl cp` and other clients start. Files hold text. */
export async function runTar(run: TarRun): Promise<TarResult> {
  const options = readArguments(run)
  if (options.mode === 'create' && options.archive === '-') return create(run, options)
  if (options.mode === 'extract' && options.archive === '-') return extract(run, options)
  return failed('tar: archives in files are not emulated; use standard input and output (-f -)\n')
}

interface TarOptions {
  readonly mode: 'create' | 'extract' | undefined
  readonly archive: string
  readonly gzip: boolean
  readonly directory: string
  readonly members: readonly string[]
  readonly strip: number
}

function readArguments({ args, cwd }: TarRun): TarOptions {
  const letters = new Set<string>()
  const members: string[] = []
  let archive = ''
  let directory = cwd
  let strip = 0
  const rest = [...args]
  const bundle = (text: string) => {
    for (const letter of text) {
      letters.add(letter)
      if (letter === 'f') archive = rest.shift() ?? ''
      if (letter === 'C') directory = resolvePath(directory, rest.shift() ?? '.')
    }
  }
  for (let first = true; rest.length > 0; first = false) {
    const word = rest.shift() ?? ''
    if (/^-[A-Za-z]/.test(word) || (first && /^[a-zA-Z]+$/.test(word))) bundle(word.replace(/^-/, ''))
    else if (/^--strip-components=\d+$/.test(word)) strip = Number(word.split('=')[1])
    else if (/^--directory=/.test(word)) directory = resolvePath(directory, word.slice(12))
    else if (!word.startsWith('--')) members.push(word)
  }
  const mode = letters.has('c') ? 'create' : letters.has('x') ? 'extract' : undefined
  return { mode, archive, gzip: letters.has('z'), directory, members, strip }
}

function create({ files, userland }: TarRun, { members, directory, gzip }: TarOptions): TarResult {
  const parts: Uint8Array[] = []
  let stderr = ''
  let size = 0
  const add = (path: string, name: string): void => {
    const stat = files.stat(path)
    if (!stat || size > MAX_ARCHIVE_BYTES) return
    const content = stat.kind === 'file' ? Buffer.from(files.read(path) ?? '', 'utf8') : NOTHING
    const entry: TarEntry = {
      name,
      kind: stat.kind,
      mode: stat.mode,
      modified: stat.modified,
      content,
      target: stat.target ?? '',
    }
    const padding = new Uint8Array((BLOCK - (content.length % BLOCK)) % BLOCK)
    parts.push(entryHeader(entry), content, padding)
    size += BLOCK + content.length + padding.length
    if (stat.kind === 'directory')
      for (const child of files.list(path)) add(resolvePath(path, child), `${name}/${child}`)
  }
  for (const member of members) {
    const path = resolvePath(directory, member)
    const name = member.replace(/^\/+/, '').replace(/\/+$/, '')
    if (files.stat(path) === undefined) stderr += `tar: ${member}: Cannot stat: No such file or directory\n`
    else {
      if (member.startsWith('/')) stderr += REMARK[userland]
      add(path, name === '' ? '.' : name)
    }
  }
  if (size > MAX_ARCHIVE_BYTES) return failed('tar: this archive is larger than the emulator makes them\n')
  const missing = stderr.includes('Cannot stat')
  if (missing) stderr += 'tar: Exiting with failure status due to previous errors\n'
  const archive = Buffer.concat([...parts, new Uint8Array(2 * BLOCK)])
  const stdout = gzip ? gzipSync(archive, { level: 6 }) : archive
  return { stdout, stderr, code: missing ? 2 : 0 }
}

async function extract({ files, input }: TarRun, { directory, gzip, strip }: TarOptions): Promise<TarResult> {
  const received = Buffer.from(await input())
  const packed = gzip || (received[0] === 0x1f && received[1] === 0x8b)
  const archive = packed ? unzip(received) : received
  if (archive === undefined) return failed('tar: This does not look like a tar archive\n')
  let stderr = ''
  for (const entry of readEntries(archive)) {
    if (entry === undefined) return failed('tar: This does not look like a tar archive\n')
    const name = entry.name
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .slice(strip)
    if (name.length === 0 || name.includes('..')) continue
    const problem = unpack(files, resolvePath(directory, name.join('/')), entry)
    if (problem !== undefined) stderr += `tar: ${name.join('/')}: ${problem}\n`
  }
  if (stderr !== '') stderr += 'tar: Exiting with failure status due to previous errors\n'
  return { stdout: NOTHING, stderr, code: stderr === '' ? 0 : 2 }
}

/** What stood in the way, if anything. */
function unpack(files: FileTree, path: string, entry: TarEntry): string | undefined {
  try {
    if (entry.kind === 'directory') {
      if (files.stat(path) === undefined) files.makeDirectory(path)
    } else if (entry.kind === 'link') files.link(path, entry.target)
    else {
      makeParents(files, path)
      files.write(path, Buffer.from(entry.content).toString('utf8'), entry.mode & 0o777)
    }
    return undefined
  } catch (error) {
    return error instanceof Error ? `Cannot open: ${error.message}` : 'Cannot open'
  }
}

function makeParents(files: FileTree, path: string): void {
  const parent = path.slice(0, path.lastIndexOf('/')) || '/'
  if (parent === '/' || files.stat(parent) !== undefined) return
  makeParents(files, parent)
  files.makeDirectory(parent)
}

function unzip(bytes: Uint8Array): Buffer | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_ARCHIVE_BYTES })
  } catch {
    return undefined
  }
}

const failed = (stderr: string): TarResult => ({ stdout: NOTHING, stderr, code: 2 })
