/** What the rollout commands share: the workloads they work on and their revisions. */
import type { Kube } from '../../../emulator/index.ts'
import { Discovery, resourceName, resourcePath } from '../api/discovery.ts'
import type { FlagDefinitions } from '../cli/flags.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { fetchInfos, type Info, type ListBody } from '../resources/fetch.ts'
import { FILE_FLAGS, SELECTOR_FLAGS, select } from '../resources/selection.ts'

export const ROLLOUT_FLAGS: FlagDefinitions = { ...FILE_FLAGS, ...SELECTOR_FLAGS }
export const REVISION = 'deployment.kubernetes.io/revision'

/** Throws KubectlError, ApiError. */
export async function workloads(invocation: Invocation): Promise<readonly Info[]> {
  if (invocation.args.length === 0 && invocation.flags.list('filename').length === 0)
    throw new KubectlError('required resource not specified')
  const { infos, errors } = fetchInfos(invocation.api, await select(invocation, { typeMeansAll: true }))
  throwAll(errors)
  return infos
}

/** Only Deployments have revisions here; DaemonSets and StatefulSets keep theirs in ControllerRevisions. */
export function asDeployment(info: Info, verb: string): Kube.Deployment {
  if (info.type.kind !== 'Deployment')
    throw new KubectlError(
      `no ${verb} has been implemented for {${info.type.group} ${info.type.kind}}`.replace('{', '"').replace('}', '"'),
    )
  return info.object as Kube.Deployment
}

/** The replica sets of a deployment, by revision, oldest first. */
export function replicaSetsOf(
  { api }: Invocation,
  info: Info,
): readonly { readonly revision: number; readonly set: Kube.ReplicaSet }[] {
  const type = new Discovery(api).resolve('replicasets.apps')
  const list = api.get<ListBody>(resourcePath(type, info.namespace))
  return ((list.items ?? []) as readonly Kube.ReplicaSet[])
    .filter((set) => set.metadata?.ownerReferences?.some((owner) => owner.uid === info.object.metadata?.uid))
    .map((set) => ({ revision: Number(set.metadata?.annotations?.[REVISION] ?? 0), set }))
    .toSorted((a, b) => a.revision - b.revision)
}

/** `deployments.apps "web"`, as messages name it. */
export const named = (info: Info) => `${resourceName(info.type)} ${JSON.stringify(info.name)}`
