import { Discovery } from '../api/discovery.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { throwAll } from '../errors.ts'
import { fetchInfos, type Info } from '../resources/fetch.ts'
import { select } from '../resources/selection.ts'

/** The nodes that cordon, uncordon and drain name; one that is missing stops them all (upstream: cmd/drain/drain.go, Complete). */
export async function namedNodes(invocation: Invocation): Promise<readonly Info[]> {
  const { args, flags, path } = invocation
  const selector = flags.optional('selector')
  if (args.length === 0 && !selector) throw usageError(invocation, `USAGE: ${path.at(-1)} NODE [flags]`)
  if (args.length > 0 && selector)
    throw usageError(invocation, 'cannot specify both a node name and a --selector option')
  const words = selector ? ['nodes'] : args.map((name) => (name.includes('/') ? name : `nodes/${name}`))
  const { infos, errors } = fetchInfos(
    invocation.api,
    await select(invocation, { args: words, discovery: new Discovery(invocation.api) }),
  )
  throwAll(errors)
  return infos
}
