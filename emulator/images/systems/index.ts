import type { FileSource } from '../../node/file-base.ts'
import { alpineFiles, alpinePath } from './alpine.ts'
import { BUSYBOX_FILES, busyboxPath } from './busybox.ts'
import { debianFiles, debianPath } from './debian.ts'

type Files = { readonly [path: string]: FileSource }

interface System {
  readonly files: Files
  path(name: string): string
}

const EXECUTABLE: FileSource = { content: '\u007fELF', mode: 0o755 }
/** What a container runtime makes even where the image holds one binary and nothing else. */
const BARE: Files = {
  '/dev': { directory: true },
  '/etc': { directory: true },
  '/sys': { directory: true, mode: 0o555 },
  '/tmp': { directory: true, mode: 0o1777 },
}

/** The files of the distribution that an image is built on, known by the programs that it has. */
export function systemFiles(programs: readonly string[], tag: string): Files {
  const system = systemOf(new Set(programs), tag)
  if (system === undefined) return { ...BARE, ...placed(programs, (name) => `/usr/local/bin/${name}`) }
  return { ...system.files, ...placed(programs, system.path) }
}

function systemOf(programs: ReadonlySet<string>, tag: string): System | undefined {
  if (programs.has('apk')) return { files: alpineFiles(tag), path: alpinePath }
  if (programs.has('ash')) return { files: BUSYBOX_FILES, path: busyboxPath }
  return programs.has('sh') ? { files: debianFiles(tag), path: debianPath } : undefined
}

function placed(programs: readonly string[], path: (name: string) => string): Files {
  const places = programs.map((name) => (name.startsWith('/') ? name : path(name)))
  return Object.fromEntries(places.map((place) => [place, EXECUTABLE]))
}
