import { badRequest } from '../api/errors.ts'
import { nameOf } from '../controllers/metadata.ts'
import type { Pod } from '../generated/types.ts'

const namesOf = (containers: readonly { readonly name: string }[] | undefined): readonly string[] =>
  (containers ?? []).map(({ name }) => name)

/**
 * The container that log, exec and attach mean: the one asked for, or the only one (upstream:
 * pkg/registry/core/pod/strategy.go, validateContainer). Throws BadRequest.
 */
export function containerName(pod: Pod, asked: string | undefined): string {
  const mains = namesOf(pod.spec?.containers)
  const inits = namesOf(pod.spec?.initContainers)
  const ephemeral = namesOf(pod.spec?.ephemeralContainers)
  if (asked) {
    if ([...mains, ...inits, ...ephemeral].includes(asked)) return asked
    throw badRequest(`container ${asked} is not valid for pod ${nameOf(pod)}`)
  }
  const [only, ...others] = mains
  if (only !== undefined && others.length === 0 && inits.length === 0) return only
  const choices = [
    `choose one of: [${mains.join(' ')}]`,
    ...(inits.length > 0 ? [`or one of the init containers: [${inits.join(' ')}]`] : []),
    ...(ephemeral.length > 0 ? [`or one of the ephemeral containers: [${ephemeral.join(' ')}]`] : []),
  ]
  throw badRequest(`a container name must be specified for pod ${nameOf(pod)}, ${choices.join(' ')}`)
}
