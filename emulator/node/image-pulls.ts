import type { Container as ContainerTemplate } from '../generated/types.ts'
import { canonicalReference, parseImageReference } from './image-reference.ts'
import type { ContainerWork, PullState } from './pod-work.ts'
import type { ContainerRuntime } from './runtime.ts'

/** What stands between a container and its image. */
export type ImageAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'pulling'; readonly until: number }
  | { readonly kind: 'waiting'; readonly reason: string; readonly message: string; readonly until?: number }

export interface ImageContext {
  readonly now: number
  readonly runtime: ContainerRuntime
  /** Canonical references that the node holds. */
  readonly present: { has(reference: string): boolean; add(reference: string): void }
  readonly event: (type: 'Normal' | 'Warning', reason: string, message: string) => void
}

const initialBackoffMs = 10_000
const maximumBackoffMs = 300_000
/** A failed sync comes again after 10 s and some (kubelet: backOffPeriod with jitter). */
const resyncMs = 12_000

/** Brings a container's image to the node (upstream: pkg/kubelet/images/image_manager.go EnsureImageExists). */
export function ensureImage(template: ContainerTemplate, work: ContainerWork, context: ImageContext): ImageAnswer {
  const image = template.image ?? ''
  const reference = parseImageReference(image)
  if (!reference) return invalidName(image, work, context)
  const canonical = canonicalReference(reference)
  if (work.pull?.image !== image) work.pull = undefined
  const { pull } = work
  if (pull) return continuePull(image, canonical, pull, work, context)
  const policy =
    template.imagePullPolicy ?? (reference.tag === 'latest' && !reference.digest ? 'Always' : 'IfNotPresent')
  if (policy !== 'Always' && context.present.has(canonical)) {
    context.event(
      'Normal',
      'Pulled',
      `Container image "${image}" already present on machine and can be accessed by the pod`,
    )
    return { kind: 'ready' }
  }
  if (policy === 'Never') {
    const message = `Container image "${image}" is not present with pull policy of Never`
    context.event('Warning', 'ErrImageNeverPull', message)
    context.event('Warning', 'Failed', 'Error: ErrImageNeverPull')
    return { kind: 'waiting', reason: 'ErrImageNeverPull', message, until: context.now + resyncMs }
  }
  return beginPull(image, 0, work, context)
}

function invalidName(image: string, work: ContainerWork, context: ImageContext): ImageAnswer {
  const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format`
  context.event('Warning', 'InspectFailed', message)
  context.event('Warning', 'Failed', 'Error: InvalidImageName')
  work.pull = undefined
  return { kind: 'waiting', reason: 'InvalidImageName', message, until: context.now + resyncMs }
}

function beginPull(image: string, failures: number, work: ContainerWork, context: ImageContext): ImageAnswer {
  context.event('Normal', 'Pulling', `Pulling image "${image}"`)
  const outcome = context.runtime.pull(image)
  const durationMs = outcome.ok ? outcome.durationMs : 600
  work.pull = {
    image,
    startedAt: context.now,
    doneAt: context.now + durationMs,
    ...(!outcome.ok && { failure: outcome.message }),
    sizeBytes: outcome.ok ? outcome.sizeBytes : 0,
    failures,
  }
  return { kind: 'pulling', until: work.pull.doneAt }
}

function continuePull(
  image: string,
  canonical: string,
  pull: PullState,
  work: ContainerWork,
  context: ImageContext,
): ImageAnswer {
  if (context.now < pull.doneAt) return { kind: 'pulling', until: pull.doneAt }
  if (pull.failure === undefined) {
    const took = duration(pull.doneAt - pull.startedAt)
    const message = `Successfully pulled image "${image}" in ${took} (${took} including waiting). Image size: ${pull.sizeBytes} bytes.`
    context.event('Normal', 'Pulled', message)
    context.present.add(canonical)
    work.pull = undefined
    return { kind: 'ready' }
  }
  return failedPull(image, pull, pull.failure, work, context)
}

function failedPull(
  image: string,
  pull: PullState,
  failure: string,
  work: ContainerWork,
  context: ImageContext,
): ImageAnswer {
  const { now } = context
  if (pull.retryAt === undefined || pull.backoffAt === undefined) {
    context.event('Warning', 'Failed', `Failed to pull image "${image}": ${failure}`)
    context.event('Warning', 'Failed', 'Error: ErrImagePull')
    const backoff = Math.min(initialBackoffMs * 2 ** pull.failures, maximumBackoffMs)
    pull.backoffAt = now + resyncMs
    pull.retryAt = now + Math.max(backoff, resyncMs) + resyncMs
    return { kind: 'waiting', reason: 'ErrImagePull', message: failure, until: pull.backoffAt }
  }
  if (now < pull.backoffAt) return { kind: 'waiting', reason: 'ErrImagePull', message: failure, until: pull.backoffAt }
  if (now >= pull.retryAt) return beginPull(image, pull.failures + 1, work, context)
  const message = `Back-off pulling image "${image}": ErrImagePull: ${failure}`
  if (!pull.reported) {
    context.event('Normal', 'BackOff', `Back-off pulling image "${image}"`)
    context.event('Warning', 'Failed', 'Error: ImagePullBackOff')
    pull.reported = true
  }
  return { kind: 'waiting', reason: 'ImagePullBackOff', message, until: pull.retryAt }
}

/** A Go duration of less than a minute: `412ms`, `1.204s`. */
function duration(ms: number): string {
  return ms < 1000 ? `${ms}ms` : `${Number((ms / 1000).toFixed(3))}s`
}

/** The digest that a registry would give this image: derived from its name, so that it is the same everywhere. */
export function imageId(image: string): string {
  const reference = parseImageReference(image)
  if (!reference) return ''
  let digest = ''
  for (let block = 0; digest.length < 64; block++) digest += hash(`${canonicalReference(reference)}#${block}`)
  return `${reference.registry}/${reference.path}@sha256:${digest}`
}

/** The name under which containerd lists a running container's image. */
export function runningImage(image: string): string {
  const reference = parseImageReference(image)
  return reference ? canonicalReference(reference) : image
}

function hash(text: string): string {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  return ((value ^ (value >>> 13)) >>> 0).toString(16).padStart(8, '0')
}
