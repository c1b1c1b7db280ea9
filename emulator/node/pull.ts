import type { Image, ImageSet } from './image.ts'
import { canonicalReference, type ImageReference, parseImageReference } from './image-reference.ts'

/** How registries that exist turn away who asks for a repository that they do not show; others fail in name resolution. */
const REGISTRIES: ReadonlyMap<string, 'denied' | 'not-found' | 'unauthorized' | 'no-token'> = new Map([
  ['docker.io', 'denied'],
  ['registry.k8s.io', 'not-found'],
  ['k8s.gcr.io', 'not-found'],
  ['gcr.io', 'not-found'],
  ['us-docker.pkg.dev', 'not-found'],
  ['mirror.gcr.io', 'not-found'],
  ['mcr.microsoft.com', 'not-found'],
  ['quay.io', 'unauthorized'],
  ['ghcr.io', 'no-token'],
  ['registry.gitlab.com', 'no-token'],
  ['public.ecr.aws', 'not-found'],
])

/**
 * Finds an image, or the text that containerd 2 gives and the kubelet reports in ErrImagePull. The kubelet strips gRPC's
 * "Unknown" code and keeps others (cri-client remote_image.go).
 */
export function resolveImage(images: ImageSet, name: string): Image | { readonly message: string } {
  const reference = parseImageReference(name)
  if (reference === undefined) {
    return { message: `couldn't parse image name "${name}": invalid reference format` }
  }
  const found = images.find(`${reference.registry}/${reference.path}`, reference.tag)
  if (typeof found !== 'string' && reference.digest === undefined) return found
  const full = canonicalReference(reference)
  const text = `failed to pull and unpack image "${full}": failed to resolve reference "${full}": `
  if (found !== 'no-repository') return { message: `rpc error: code = NotFound desc = ${text}${full}: not found` }
  const refusal = REGISTRIES.get(reference.registry) ?? privateRegistry(reference.registry)
  if (refusal === 'not-found') return { message: `rpc error: code = NotFound desc = ${text}${full}: not found` }
  return { message: text + (refusal === undefined ? noConnection(reference) : refusalText(refusal, reference)) }
}

/** Registries of accounts at cloud providers: they exist, and want to know who asks. */
function privateRegistry(host: string): 'no-token' | 'unauthorized' | undefined {
  if (/^[\w-]+\.azurecr\.io$/.test(host)) return 'no-token'
  if (/^\d{12}\.dkr\.ecr\.[\w-]+\.amazonaws\.com$/.test(host)) return 'unauthorized'
  return /^[\w-]+-docker\.pkg\.dev$/.test(host) ? 'unauthorized' : undefined
}

function refusalText(refusal: 'denied' | 'unauthorized' | 'no-token', reference: ImageReference): string {
  const { registry, path } = reference
  if (refusal === 'denied')
    return 'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed'
  if (refusal === 'unauthorized')
    return `unexpected status from HEAD request to ${manifestUrl(reference)}: 401 ${registry === 'quay.io' ? 'UNAUTHORIZED' : 'Unauthorized'}`
  const query = `scope=${encodeURIComponent(`repository:${path}:pull`)}&service=${registry}`
  const [at, status] = registry.endsWith('.azurecr.io')
    ? ['oauth2/token', '401 Unauthorized']
    : ['token', '403 Forbidden']
  return `failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://${registry}/${at}?${query}: ${status}`
}

/** No registry answers there: the name is unknown, or nothing listens at the address. */
function noConnection(reference: ImageReference): string {
  const [host = '', port = '443'] = reference.registry.split(':')
  const local = host === 'localhost' || host.startsWith('127.')
  const url = manifestUrl(reference).replace('https:', local ? 'http:' : 'https:')
  const dial = local
    ? `127.0.0.1:${local && port === '443' ? '80' : port}: connect: connection refused`
    : /^[\d.]+$/.test(host)
      ? `${host}:${port}: connect: no route to host`
      : `lookup ${host} on 127.0.0.53:53: no such host`
  return `failed to do request: Head "${url}": dial tcp${dial.startsWith('lookup') ? ':' : ''} ${dial}`
}

function manifestUrl(reference: ImageReference): string {
  const host = reference.registry === 'docker.io' ? 'registry-1.docker.io' : reference.registry
  return `https://${host}/v2/${reference.path}/manifests/${reference.digest ?? reference.tag}`
}
