import { defineImage, type ImageDefinition, type MissingImage } from '../node/image.ts'
import { type ContainerProgram, type Run, serve } from '../node/programs/program.ts'
import { OFFICIAL_NAMES } from './official-names.ts'
import { DEBIAN } from './program-sets.ts'

/** Tags that images have: versions, dates, commits and the usual words, with variants behind a hyphen. */
const VERSION = /^[vr]?\d{1,4}([.-]\d{1,5}){0,3}([.+_-][a-z0-9][\w.-]*)?$/i
const COMMIT = /^(sha-)?[0-9a-f]{7,40}$/
const WORD =
  /^(latest|stable|main|master|edge|nightly|dev|devel|develop|prod|production|release|alpine|slim|debian|ubuntu|linux|amd64|blue|green|red|canary|demo|test|lts|current|mainline|initial|start|final|base|management|fpm|apache|cli)([.-][a-z0-9][\w.-]*)?$/

/** How an account is named, by registry; others hold only what is defined here. */
const ACCOUNTS: ReadonlyMap<string, RegExp> = new Map([
  ['docker.io', /^[a-z0-9]{4,30}$/],
  ['quay.io', /^[a-z0-9][a-z0-9_.-]+$/],
  ['ghcr.io', /^[a-z0-9][a-z0-9-]+$/],
  ['gcr.io', /^[a-z][a-z0-9-]{4,}$/],
  ['mcr.microsoft.com', /^[a-z0-9][a-z0-9-]+$/],
  ['public.ecr.aws', /^[a-z0-9][a-z0-9-]+$/],
  ['us-docker.pkg.dev', /^[a-z][a-z0-9-]{4,}$/],
  ['registry.k8s.io', /^[a-z0-9-]+$/],
])

/**
 * What becomes of a name that nothing is known of. It is pulled if somebody could have pushed it: an official name, or one
 * in an account that could exist. Accounts of which some images are known hold no others, so that slips of the pen fail.
 */
export function unknownImage(
  repository: string,
  tag: string,
  accounts: ReadonlySet<string>,
): ImageDefinition | MissingImage {
  const [registry = '', account = '', ...rest] = repository.split('/')
  if (registry === 'docker.io' && account === 'library') {
    if (!OFFICIAL_NAMES.has(rest.join('/'))) return 'no-repository'
  } else if (rest.length === 0 || accounts.has(`${registry}/${account}`)) return 'no-repository'
  else if (ACCOUNTS.get(registry)?.test(account) !== true) return 'no-repository'
  if (!VERSION.test(tag) && !COMMIT.test(tag) && !WORD.test(tag)) return 'no-tag'
  return defineImage({
    repository,
    tags: [tag],
    sizeBytes: 68_000_000,
    entrypoint: ['/entrypoint'],
    servers: [idle(`${repository}:${tag}`)],
    programs: [...DEBIAN, 'curl'],
  })
}

/** Its own program is unknown: it says so and waits. */
function idle(reference: string): ContainerProgram {
  return {
    name: '/entrypoint',
    *run(process): Run {
      process.err(`${reference}: what this image runs is not emulated; the container waits and listens on no port\n`)
      process.onTerminate(0)
      return yield* serve()
    },
  }
}

/** Accounts with many more images than are defined here. */
const LARGE = new Set(['docker.io/bitnami', 'docker.io/kodekloud', 'docker.io/sysnet4admin'])

/** The accounts that definitions come from, and that hold nothing else: `docker.io/luksa`. */
export function accountsOf(definitions: readonly ImageDefinition[]): ReadonlySet<string> {
  const all = definitions.map(({ repository }) => repository.split('/').slice(0, 2).join('/'))
  return new Set(all.filter((account) => !LARGE.has(account)))
}
