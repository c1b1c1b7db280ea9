import type { ContainerSpec } from './runtime.ts'

/**
 * A volume of files that the kubelet writes: a ConfigMap, a Secret, the downward API, a projection of them. It is
 * replaced whole, by turning one link (upstream: pkg/volume/util/atomic_writer.go).
 */
export interface FileVolume {
  /** Where the container has it. */
  readonly path: string
  /** The volume's name in the Pod. */
  readonly name: string
  /** When it was written last, ms since the epoch: part of a directory's name. */
  readonly writtenAt: number
  readonly files: readonly VolumeFile[]
}

export type VolumeFile = readonly [path: string, content: string, mode?: number]

export type MountedFile = ContainerSpec['mounts'][number] & {
  /** Where it points, if it is a link. */
  readonly link?: string
  readonly mode?: number
}

/** The files and links of a volume: `KEY -> ..data/KEY`, `..data -> ..2026_01_05_09_00_00.123`. */
export function volumeEntries({ path: base, name, writtenAt, files }: FileVolume): readonly MountedFile[] {
  const directory = `..${stamp(writtenAt, name)}`
  const link = (path: string, target: string): MountedFile => ({
    path: `${base}/${path}`,
    content: '',
    link: target,
    readOnly: true,
  })
  const tops = new Set(files.map(([path]) => path.split('/')[0] ?? ''))
  return [
    ...files.map(([path, content, mode]) => ({
      path: `${base}/${directory}/${path}`,
      content,
      readOnly: true,
      ...(mode !== undefined && { mode }),
    })),
    link('..data', directory),
    ...[...tops].map((top) => link(top, `..data/${top}`)),
  ]
}

const DIGITS = 1_000_000_000

/** `2026_01_05_09_00_00.1234567890`: when, and what makes it unique. */
function stamp(at: number, name: string): string {
  const seconds = new Date(at).toISOString().slice(0, 19).replace(/[-T:]/g, '_')
  let unique = at % DIGITS
  for (const character of name) unique = (unique * 31 + character.charCodeAt(0)) % DIGITS
  return `${seconds}.${String(unique + DIGITS)}`
}
