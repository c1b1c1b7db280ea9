/** Archives as POSIX.1-1988 (ustar) lays them out, with GNU's and pax's long names when reading. */
export interface TarEntry {
  readonly name: string
  readonly kind: 'file' | 'directory' | 'link'
  readonly mode: number
  /** ms since the epoch */
  readonly modified: number
  readonly content: Uint8Array
  /** Where a link points. */
  readonly target: string
}

const BLOCK = 512
const TYPES = { file: '0', link: '2', directory: '5' } as const
const MAX_NAME = 100

/** One entry's header; a name that does not fit is split at a `/`, or preceded by GNU's long-name entry. */
export function entryHeader(entry: TarEntry): Uint8Array {
  const name = entry.kind === 'directory' ? `${entry.name}/` : entry.name
  const fields = { ...entry, type: TYPES[entry.kind], size: entry.content.length }
  if (Buffer.byteLength(name) <= MAX_NAME) return block({ ...fields, name, prefix: '' })
  const long = Buffer.from(`${name}\0`, 'utf8')
  const padded = Buffer.concat([long, Buffer.alloc((BLOCK - (long.length % BLOCK)) % BLOCK)])
  const marker = block({ ...fields, name: '././@LongLink', prefix: '', type: 'L', size: long.length, target: '' })
  return Buffer.concat([marker, padded, block({ ...fields, name: name.slice(0, MAX_NAME), prefix: '' })])
}

interface Fields {
  readonly name: string
  readonly prefix: string
  readonly mode: number
  readonly size: number
  readonly modified: number
  readonly type: string
  readonly target: string
}

function block({ name, prefix, mode, size, modified, type, target }: Fields): Uint8Array {
  const header = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, width: number) =>
    header.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1')
  header.write(name, 0, MAX_NAME, 'utf8')
  octal(mode & 0o7777, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(Math.max(0, Math.floor(modified / 1000)), 136, 12)
  header.write('        ', 148, 'latin1')
  header.write(type, 156, 'latin1')
  header.write(target, 157, MAX_NAME, 'utf8')
  header.write('ustar\x0000root', 257, 'latin1')
  header.write('root', 297, 'latin1')
  header.write(prefix, 345, 155, 'utf8')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

/** Entries in order; undefined where the bytes are no archive. */
export function* readEntries(archive: Uint8Array): Generator<TarEntry | undefined> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.length)
  let longName: string | undefined
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK)
    if (header.every((byte) => byte === 0)) return
    const size = octalAt(header, 124, 12)
    if (size === undefined || !checks(header) || at + BLOCK + size > bytes.length) return yield undefined
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size)
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
    const type = String.fromCharCode(header[156] ?? 0)
    if (type === 'L') longName = textAt(content, 0, content.length)
    else if (type === 'x') longName = paxPath(content.toString('utf8')) ?? longName
    else {
      const entry = toEntry(header, content, type, longName)
      longName = undefined
      if (entry) yield entry
    }
  }
}

function toEntry(header: Buffer, content: Buffer, type: string, longName: string | undefined): TarEntry | undefined {
  const prefix = textAt(header, 345, 155)
  const name = longName ?? (prefix === '' ? textAt(header, 0, MAX_NAME) : `${prefix}/${textAt(header, 0, MAX_NAME)}`)
  const kind = type === '5' ? 'directory' : type === '2' ? 'link' : type === '0' || type === '\0' ? 'file' : undefined
  if (kind === undefined) return undefined
  const modified = (octalAt(header, 136, 12) ?? 0) * 1000
  return {
    name,
    kind,
    mode: octalAt(header, 100, 8) ?? 0o644,
    modified,
    content,
    target: textAt(header, 157, MAX_NAME),
  }
}

function checks(header: Buffer): boolean {
  const stated = octalAt(header, 148, 8)
  let sum = 0
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : (header[i] ?? 0)
  return stated === sum
}

function textAt(bytes: Buffer, at: number, length: number): string {
  const field = bytes.subarray(at, at + length)
  const end = field.indexOf(0)
  return field.subarray(0, end < 0 ? length : end).toString('utf8')
}

function octalAt(header: Buffer, at: number, length: number): number | undefined {
  const text = textAt(header, at, length).trim()
  return /^[0-7]*$/.test(text) ? Number.parseInt(text || '0', 8) : undefined
}

/** `30 path=some/long/name\n` among the records. */
const paxPath = (records: string): string | undefined => /^\d+ path=(.*)$/m.exec(records)?.[1]
