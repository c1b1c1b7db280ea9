import { defineImage, type ImageDefinition } from '../node/image.ts'
import type { ContainerProgram, Run } from '../node/programs/program.ts'
import { serve } from '../node/programs/program.ts'
import { ALPINE, DEBIAN } from './program-sets.ts'

/** An interpreter: its version, a prompt that waits, and an honest refusal of everything else. */
const interpreter = (name: string, version: string): ContainerProgram => ({
  name,
  *run(process): Run {
    const words = process.argv.slice(1)
    if (words.length === 0) return process.interactive ? yield* serve() : 0
    if (/^(--?v(ersion)?|version)$/.test(words[0] ?? '')) {
      process.out(`${version}\n`)
      return 0
    }
    process.err(`${name}: programs in this language are not emulated\n`)
    return 1
  },
})

interface Language {
  readonly name: string
  readonly tags: ImageDefinition['tags']
  readonly command: readonly string[]
  readonly programs: readonly (readonly [name: string, version: string])[]
}

const VARIANTS = '(-(alpine|slim|bookworm|trixie|bullseye|jdk|jre)[\\w.-]*)*'

const LANGUAGES: readonly Language[] = [
  {
    name: 'node',
    tags: [
      'latest',
      'lts',
      'alpine',
      'slim',
      'current',
      'lts-alpine',
      'lts-slim',
      new RegExp(`^(1[0-9]|2[0-5])(\\.\\d+){0,2}${VARIANTS}$`),
    ],
    command: ['node'],
    programs: [
      ['node', 'v24.11.1'],
      ['npm', '11.6.2'],
    ],
  },
  {
    name: 'golang',
    tags: ['latest', 'alpine', 'bookworm', 'trixie', new RegExp(`^1(\\.\\d+){0,2}${VARIANTS}$`)],
    command: ['bash'],
    programs: [['go', 'go version go1.25.4 linux/amd64']],
  },
  {
    name: 'ruby',
    tags: ['latest', 'alpine', 'slim', new RegExp(`^[23](\\.\\d+){0,2}${VARIANTS}$`)],
    command: ['irb'],
    programs: [
      ['ruby', 'ruby 3.4.7 (2025-10-08 revision 7a5688e2a2) +PRISM [x86_64-linux]'],
      ['irb', 'irb 1.14.3 (2024-12-18)'],
    ],
  },
  {
    name: 'eclipse-temurin',
    tags: ['latest', new RegExp(`^\\d+([.\\d_+]*)${VARIANTS}$`)],
    command: ['jshell'],
    programs: [
      ['java', 'openjdk 25.0.1 2025-10-21 LTS'],
      ['jshell', 'jshell 25.0.1'],
    ],
  },
]

/** Official images of languages. Of their programs only the versions are played. */
export const languageImages: readonly ImageDefinition[] = LANGUAGES.map(({ name, tags, command, programs }) =>
  defineImage({
    repository: `docker.io/library/${name}`,
    tags,
    sizeBytes: 380_000_000,
    command,
    servers: programs.map(([program, version]) => interpreter(program, version)),
    programs: [...DEBIAN, 'curl', 'wget', 'ps'],
    byTag(tag) {
      if (tag.includes('alpine')) return { sizeBytes: 55_000_000, programs: ALPINE }
      return tag.includes('slim') ? { sizeBytes: 75_000_000, programs: DEBIAN } : {}
    },
  }),
)
