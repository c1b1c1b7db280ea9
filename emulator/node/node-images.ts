/** Images that a node's container runtime holds, as `crictl images|pull|rmi` sees and changes them. */
import { imageId } from './image-pulls.ts'
import { canonicalReference, parseImageReference } from './image-reference.ts'
import type { ContainerRuntime } from './runtime.ts'

export interface NodeImage {
  /** With registry and tag: `docker.io/library/nginx:latest`. */
  readonly reference: string
  readonly digest: string
  readonly sizeBytes: number
}

export interface NodeImages {
  list(): readonly NodeImage[]
  /** The image's name with its digest, or the runtime's text. */
  pull(
    image: string,
  ): { readonly ok: true; readonly reference: string } | { readonly ok: false; readonly message: string }
  /** False for an image that is not there. */
  remove(image: string): boolean
}

/** What the kubelets keep of each node's images. */
export interface HeldImages {
  references(): readonly string[]
  add(reference: string): void
  remove(reference: string): void
}

export function createNodeImages(held: HeldImages, runtime: ContainerRuntime): NodeImages {
  const imageOf = (reference: string): NodeImage => {
    const found = runtime.find(reference)
    const digest = imageId(reference).split('@')[1] ?? ''
    return { reference, digest, sizeBytes: found.ok ? found.sizeBytes : 0 }
  }
  const list = () => held.references().map(imageOf)
  return {
    list,
    pull(image) {
      const found = runtime.find(image)
      const reference = parseImageReference(image)
      if (!found.ok || reference === undefined) return { ok: false, message: found.ok ? '' : found.message }
      held.add(canonicalReference(reference))
      return { ok: true, reference: imageId(canonicalReference(reference)) }
    },
    remove(image) {
      const parsed = parseImageReference(image)
      const asked = parsed === undefined ? image : canonicalReference(parsed)
      const found = list().find(({ reference, digest }) => reference === asked || digest.startsWith(`sha256:${image}`))
      if (found === undefined) return false
      held.remove(found.reference)
      return true
    },
  }
}
