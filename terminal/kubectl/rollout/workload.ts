/** What the rollout commands share: the workloads they work on and their revisions. */
import { resourceName } from '../api/discovery.ts'
import type { FlagDefinitions } from '../cli/flags.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { fetchInfos, type Info } from '../resources/fetch.ts'
import { isRegistered, unregistered } from '../resources/scheme.ts'
import { FILE_FLAGS, namesFiles, SELECTOR_FLAGS, select } from '../resources/selection.ts'

export const ROLLOUT_FLAGS: FlagDefinitions = { ...FILE_FLAGS, ...SELECTOR_FLAGS }

/** Throws KubectlError, ApiError. */
export async function workloads(invocation: Invocation): Promise<readonly Info[]> {
  if (invocation.args.length === 0 && !namesFiles(invocation)) throw new KubectlError('required resource not specified')
  const { infos, errors } = fetchInfos(invocation.api, await select(invocation, { typeMeansAll: true }))
  throwAll(errors)
  for (const { type } of infos) if (!isRegistered(invocation, type)) throw unregistered(type)
  return infos
}

/** `deployments.apps "web"`, as messages name it. */
export const named = (info: Info) => `${resourceName(info.type)} ${JSON.stringify(info.name)}`
