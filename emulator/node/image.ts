import type { FileBase, FileSource } from './file-base.ts'
import { createFileBase } from './file-base.ts'
import type { ContainerProgram } from './programs/program.ts'
import { type ImageUsage, modestUsage } from './usage.ts'

/** What a registry holds under one repository name. One file in `images/` defines one. */
export interface ImageDefinition {
  /** Canonical name: `docker.io/library/nginx`. */
  readonly repository: string
  /** Tags that exist: exact texts, or patterns for families of versions. */
  readonly tags: readonly (string | RegExp)[]
  /** Compressed size of the default tag, bytes. */
  readonly sizeBytes: number
  readonly entrypoint?: readonly string[]
  readonly command?: readonly string[]
  readonly env?: readonly (readonly [name: string, value: string])[]
  readonly workingDir?: string
  readonly files?: { readonly [path: string]: FileSource }
  /** Programs that only this image has: its servers. */
  readonly servers?: readonly ContainerProgram[]
  /** Names of general programs (node/programs) that it has; a shell has to be named too. */
  readonly programs: readonly string[]
  /** What its containers use; modest by default. */
  readonly usage?: ImageUsage
  /** What differs by tag: versions, and `alpine` variants with their other programs and files. */
  readonly byTag?: (tag: string) => ImageVariant
}

export interface ImageVariant {
  readonly sizeBytes?: number
  readonly programs?: readonly string[]
  /** Programs of its own in place of general ones. */
  readonly servers?: readonly ContainerProgram[]
  readonly files?: { readonly [path: string]: FileSource }
  readonly env?: readonly (readonly [name: string, value: string])[]
}

/** An image as one tag names it, with its files as a base that all containers of all clusters share. */
export interface Image
  extends Required<Omit<ImageDefinition, 'tags' | 'byTag' | 'files' | 'repository' | 'programs' | 'servers'>> {
  readonly reference: string
  /** Everything that can be executed in it, by name. */
  readonly programs: ReadonlyMap<string, ContainerProgram>
  readonly programNames: ReadonlySet<string>
  readonly base: FileBase
}

/** Identity with types. */
export function defineImage(definition: ImageDefinition): ImageDefinition {
  return Object.freeze(definition)
}

/** What a registry does not have. */
export type MissingImage = 'no-repository' | 'no-tag'

/** The registries of the emulated world. */
export interface ImageSet {
  /** The image under a repository's canonical name and tag. */
  find(repository: string, tag: string): Image | MissingImage
}

/** What stands behind names that no definition has. */
export interface ImageRules {
  /** The name that a repository has at its source, if it is a copy. */
  readonly mirrored?: (repository: string) => string | undefined
  readonly unknown?: (repository: string, tag: string) => ImageDefinition | MissingImage
  /** Files of the distribution that an image with these programs is built on. */
  readonly system?: (programs: readonly string[], tag: string) => { readonly [path: string]: FileSource }
}

/** Images of unknown programs that are kept built. */
const MOST_STRANGERS = 100

/** Build date of images: what `ls -l` shows in them. */
const BUILT = Date.UTC(2026, 3, 14, 12, 30, 0)

/** Where the kernel shows itself: each container brings its own. */
const EVERYWHERE: { readonly [path: string]: FileSource } = { '/proc': { directory: true, mode: 0o555 } }

/** Makes one set of all definitions; images are built when first used and then shared. `general`: programs by name. */
export function createImageSet(
  definitions: readonly ImageDefinition[],
  general: ReadonlyMap<string, ContainerProgram>,
  rules: ImageRules = {},
): ImageSet {
  const byRepository = new Map(definitions.map((definition) => [definition.repository, definition]))
  const built = new Map<string, Image>()
  const strangers = new Map<string, Image>()
  const definitionOf = (repository: string, tag: string): ImageDefinition | MissingImage => {
    const source = rules.mirrored?.(repository)
    const known = byRepository.get(repository) ?? byRepository.get(source ?? '')
    const exists = known?.tags.some((one) => (typeof one === 'string' ? one === tag : one.test(tag)))
    if (known !== undefined) return exists === true ? known : 'no-tag'
    return rules.unknown?.(source ?? repository, tag) ?? 'no-repository'
  }
  return {
    find(repository, tag) {
      const definition = definitionOf(repository, tag)
      if (typeof definition === 'string') return definition
      const reference = `${repository}:${tag}`
      const image =
        built.get(reference) ??
        strangers.get(reference) ??
        buildImage(definition, reference, tag, general, rules.system)
      if (byRepository.get(definition.repository) !== definition) return keepFew(strangers, reference, image)
      built.set(reference, image)
      return image
    },
  }
}

/** Names that nothing is known of are the learners' own and have no end: the oldest makes room. */
function keepFew(images: Map<string, Image>, reference: string, image: Image): Image {
  images.set(reference, image)
  const [oldest] = images.keys()
  if (images.size > MOST_STRANGERS && oldest !== undefined) images.delete(oldest)
  return image
}

function buildImage(
  definition: ImageDefinition,
  reference: string,
  tag: string,
  general: ReadonlyMap<string, ContainerProgram>,
  system: ImageRules['system'] = () => ({}),
): Image {
  const variant = definition.byTag?.(tag)
  const programs = new Map<string, ContainerProgram>()
  for (const name of variant?.programs ?? definition.programs)
    programs.set(name, general.get(name) ?? notEmulated(name))
  for (const server of variant?.servers ?? definition.servers ?? []) programs.set(server.name, server)
  return Object.freeze({
    reference,
    sizeBytes: variant?.sizeBytes ?? definition.sizeBytes,
    entrypoint: definition.entrypoint ?? [],
    command: definition.command ?? [],
    env: [...(definition.env ?? []), ...(variant?.env ?? [])],
    workingDir: definition.workingDir ?? '/',
    usage: definition.usage ?? modestUsage,
    programs,
    programNames: new Set(programs.keys()),
    base: createFileBase(
      { ...EVERYWHERE, ...system([...programs.keys()], tag), ...definition.files, ...variant?.files },
      BUILT,
    ),
  })
}

/** The image has this program, but the emulator does not play it outside a terminal: say so instead of pretending. */
function notEmulated(name: string): ContainerProgram {
  return {
    name,
    // biome-ignore lint/correctness/useYield: it ends at once, and a program is a generator.
    *run(process) {
      process.err(`${name}: this program is not emulated in containers; use it in an exec'd shell\n`)
      return 126
    },
  }
}
