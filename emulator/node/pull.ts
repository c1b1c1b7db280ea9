import type { Image, ImageSet } from './image.ts'
import { canonicalReference, type ImageReference, parseImageReference } from './image-reference.ts'

/** Registries that exist in the emulated world; a pull from any other fails in name resolution. */
const REGISTRIES: ReadonlyMap<string, 'denied' | 'not-found' | 'unauthorized'> = new Map([
  ['docker.io', 'denied'],
  ['registry.k8s.io', 'not-found'],
  ['k8s.gcr.io', 'not-found'],
  ['gcr.io', 'not-found'],
  ['us-docker.pkg.dev', 'not-found'],
  ['mcr.microsoft.com', 'not-found'],
  ['quay.io', 'unauthorized'],
  ['ghcr.io', 'denied'],
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
  const failure = found === 'no-repository' ? (REGISTRIES.get(reference.registry) ?? 'no-host') : 'not-found'
  const notFound = { message: `rpc error: code = NotFound desc = ${text}${full}: not found` }
  switch (failure) {
    case 'not-found':
      return notFound
    case 'denied':
      return {
        message: `${text}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`,
      }
    case 'unauthorized':
      return { message: `${text}unexpected status from HEAD request to ${manifestUrl(reference)}: 401 UNAUTHORIZED` }
    case 'no-host':
      return {
        message: `${text}failed to do request: Head "${manifestUrl(reference)}": dial tcp: lookup ${reference.registry.split(':')[0]} on 127.0.0.53:53: no such host`,
      }
  }
}

function manifestUrl(reference: ImageReference): string {
  return `https://${reference.registry}/v2/${reference.path}/manifests/${reference.digest ?? reference.tag}`
}
