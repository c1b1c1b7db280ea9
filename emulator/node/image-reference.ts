/** An image reference taken apart: `nginx` is `docker.io/library/nginx:latest`. */
export interface ImageReference {
  readonly registry: string
  /** Without the registry: `library/nginx`. */
  readonly path: string
  readonly tag: string
  readonly digest?: string
}

const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const HOST = /^[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::[0-9]+)?$/
const TAG = /^\w[\w.-]{0,127}$/
const DIGEST = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/

/** Parses as github.com/distribution/reference does, with Docker's defaults; undefined: invalid reference format. */
export function parseImageReference(image: string): ImageReference | undefined {
  if (image.length > 1024) return undefined
  const [named = '', digest, ...more] = image.split('@')
  if (more.length > 0 || (digest !== undefined && !DIGEST.test(digest))) return undefined
  const slash = named.lastIndexOf('/')
  const colon = named.indexOf(':', slash + 1)
  const name = colon === -1 ? named : named.slice(0, colon)
  const tag = colon === -1 ? 'latest' : named.slice(colon + 1)
  if (!TAG.test(tag)) return undefined
  const { registry, path } = splitRegistry(name)
  if (!PATH.test(path) || !HOST.test(registry)) return undefined
  return { registry, path, tag, ...(digest === undefined ? {} : { digest }) }
}

function splitRegistry(name: string): { readonly registry: string; readonly path: string } {
  const slash = name.indexOf('/')
  const first = slash === -1 ? '' : name.slice(0, slash)
  const isHost = first.includes('.') || first.includes(':') || first === 'localhost' || first !== first.toLowerCase()
  if (slash === -1) return { registry: 'docker.io', path: `library/${name}` }
  if (!isHost) return { registry: 'docker.io', path: name }
  const rest = name.slice(slash + 1)
  if (first === 'docker.io' || first === 'index.docker.io') {
    return { registry: 'docker.io', path: rest.includes('/') ? rest : `library/${rest}` }
  }
  return { registry: first, path: rest }
}

/** The full form that containerd's messages use. */
export function canonicalReference(reference: ImageReference): string {
  const tag = reference.digest === undefined ? `:${reference.tag}` : `@${reference.digest}`
  return `${reference.registry}/${reference.path}${tag}`
}
