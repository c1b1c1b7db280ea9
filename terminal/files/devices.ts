/** Where a shell's output to `/dev/…` goes. */
export interface Devices {
  readonly names: readonly string[]
  has(path: string): boolean
  read(path: string): string
  /** May wait: output has a budget a second, and busy loops give way here. */
  write(path: string, text: string): Promise<void>
}

/** Standard output and error of a command whose output is the terminal: paths that nothing else writes to. */
export const TERMINAL_OUT = '/dev/tty'
export const TERMINAL_ERR = '/dev/.tty-error'

const SILENT = new Set([
  '/dev/null',
  '/dev/zero',
  '/dev/random',
  '/dev/urandom',
  '/dev/stdin',
  '/dev/stdout',
  '/dev/stderr',
])
const FILLER_BYTES = 65_536

/** Devices of one shell; `write` takes what its own paths get, `sources` are texts to read back. */
export function createDevices(
  write: (path: string, text: string) => Promise<void>,
  sources: ReadonlyMap<string, string>,
): Devices {
  return {
    names: ['null', 'random', 'stderr', 'stdin', 'stdout', 'tty', 'urandom', 'zero'],
    has: (path) => path.startsWith('/dev/') && (SILENT.has(path) || path === TERMINAL_OUT || path.startsWith('/dev/.')),
    read(path) {
      if (path === '/dev/zero') return '\0'.repeat(FILLER_BYTES)
      if (path === '/dev/random' || path === '/dev/urandom') return noise()
      return sources.get(path) ?? ''
    },
    async write(path, text) {
      if (!SILENT.has(path)) await write(path, text)
    },
  }
}

/** Bytes that look random and are the same each time: emulated worlds are reproducible. */
function noise(): string {
  let state = 0x2545_f491
  let text = ''
  for (let index = 0; index < FILLER_BYTES / 16; index += 1) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    const byte = state & 0xff
    text += String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)
  }
  return text
}
