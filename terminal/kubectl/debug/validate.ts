import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'

/** What the command line of `kubectl debug` says, checked. */
export interface DebugRequest {
  readonly names: readonly string[]
  readonly command: readonly string[]
  readonly setImages: ReadonlyMap<string, string>
  readonly attach: boolean
}

const IMAGE = /^[A-Za-z0-9][\w.\-:/@]*$/

/** Throws KubectlError (upstream: kubectl/pkg/cmd/debug/debug.go, Complete and Validate). */
export function debugRequest(invocation: Invocation): DebugRequest {
  const { args, argsBeforeDash, context, flags } = invocation
  const names = argsBeforeDash >= 0 ? args.slice(0, argsBeforeDash) : args
  const command = argsBeforeDash >= 0 ? args.slice(argsBeforeDash) : []
  const setImages = new Map<string, string>()
  for (const pair of flags.list('set-image')) {
    const [name, image, ...more] = pair.split('=')
    if (!name || image === undefined || more.length > 0)
      throw new KubectlError(`invalid value: ${pair}, expected name=image`)
    setImages.set(name, image)
  }
  const attach = flags.changed('attach') ? flags.bool('attach') : flags.bool('stdin')
  checkCombination(invocation, command, setImages)
  checkImages(flags.string('image'), setImages)
  if (names.length === 0 && flags.list('filename').length === 0)
    throw new KubectlError('NAME or filename is required for debug')
  const policy = flags.string('image-pull-policy')
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(policy))
    throw new KubectlError(`invalid image pull policy: ${policy}`)
  const target = flags.optional('target')
  if (target !== undefined) {
    if (flags.optional('copy-to'))
      throw new KubectlError('--target is incompatible with --copy-to. Use --share-processes instead.')
    if (!flags.bool('quiet'))
      context.out(
        `Targeting container ${JSON.stringify(target)}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
      )
  }
  if (flags.bool('tty') && !flags.bool('stdin'))
    throw new KubectlError('-i/--stdin is required for containers with -t/--tty=true')
  if (flags.string('profile') === 'legacy')
    context.err(
      '--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".\n',
    )
  return { names, command, setImages, attach }
}

function checkCombination(
  { flags }: Invocation,
  command: readonly string[],
  setImages: ReadonlyMap<string, string>,
): void {
  const [image, container] = [flags.optional('image'), flags.optional('container')]
  if (flags.changed('attach') && flags.bool('attach') && !image && !container)
    throw new KubectlError('you must specify --container or create a new container using --image in order to attach.')
  if (flags.optional('copy-to')) {
    if (!image && setImages.size === 0 && command.length === 0)
      throw new KubectlError('you must specify --image, --set-image or command arguments.')
    if (command.length > 0 && !container && !image)
      throw new KubectlError('you must specify an existing container or a new image when specifying args.')
    return
  }
  if (flags.bool('replace')) throw new KubectlError('--replace may only be used with --copy-to.')
  if (flags.bool('same-node')) throw new KubectlError('--same-node may only be used with --copy-to.')
  if (setImages.size > 0) throw new KubectlError('--set-image may only be used with --copy-to.')
  if (!image) throw new KubectlError('you must specify --image when not using --copy-to.')
}

function checkImages(image: string, setImages: ReadonlyMap<string, string>): void {
  if (image !== '' && !IMAGE.test(image))
    throw new KubectlError(`invalid image name ${JSON.stringify(image)}: invalid reference format`)
  for (const [name, other] of setImages)
    if (!IMAGE.test(other))
      throw new KubectlError(
        `invalid image name ${JSON.stringify(other)} for container ${JSON.stringify(name)}: invalid reference format`,
      )
}
