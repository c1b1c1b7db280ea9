/** The templates that a workload has had: replica sets of a Deployment, ControllerRevisions of the others (upstream: polymorphichelpers/history.go). */
import type { JsonValue, Kube, KubeObject } from '../../../emulator/index.ts'
import { Discovery, resourcePath } from '../api/discovery.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { asJson } from '../print/output.ts'
import { type Info, type ListBody, typed } from '../resources/fetch.ts'
import { mergePatch } from '../resources/merge-patch.ts'
import { CHANGE_CAUSE } from '../resources/mutation.ts'

export const REVISION = 'deployment.kubernetes.io/revision'

export interface Revision {
  readonly revision: number
  /** Annotation of who made the change; '' if nobody said. */
  readonly cause: string
  readonly template: Kube.PodTemplateSpec
  /** What `-o yaml` shows of it. */
  readonly object: KubeObject
  /** The strategic merge patch that brings it back; Deployments are changed otherwise. */
  readonly patch: JsonValue | undefined
}

/** Oldest first. Throws KubectlError for kinds that remember nothing; `purpose` is what the message says is missing. */
export function revisionsOf(
  invocation: Invocation,
  info: Info,
  purpose: 'history' | 'rollbacker',
): readonly Revision[] {
  const reader = READERS[info.type.group === 'apps' ? info.type.kind : '']
  if (!reader)
    throw new KubectlError(
      `error retrieving ${purpose} for ${JSON.stringify(info.type.kind)}, no visitor method exists for {${info.type.group} ${info.type.kind}}`,
    )
  return reader(invocation, info).toSorted((a, b) => a.revision - b.revision)
}

type Reader = (invocation: Invocation, info: Info) => readonly Revision[]

const READERS: { readonly [kind: string]: Reader | undefined } = {
  Deployment: fromReplicaSets,
  DaemonSet: fromControllerRevisions,
  StatefulSet: fromControllerRevisions,
}

function owned<T extends KubeObject>({ api }: Invocation, info: Info, resource: string): readonly T[] {
  const type = new Discovery(api).resolve(resource)
  const list = api.get<ListBody>(resourcePath(type, info.namespace))
  return ((list.items ?? []) as readonly T[])
    .filter(({ metadata }) => metadata?.ownerReferences?.some((owner) => owner.uid === info.object.metadata?.uid))
    .map((object) => typed(type, object) as T)
}

function fromReplicaSets(invocation: Invocation, info: Info): readonly Revision[] {
  return owned<Kube.ReplicaSet>(invocation, info, 'replicasets.apps').map((set) => ({
    revision: Number(set.metadata?.annotations?.[REVISION] ?? 0),
    cause: set.metadata?.annotations?.[CHANGE_CAUSE] ?? '',
    template: set.spec?.template ?? {},
    object: set,
    patch: undefined,
  }))
}

function fromControllerRevisions(invocation: Invocation, info: Info): readonly Revision[] {
  return owned<Kube.ControllerRevision>(invocation, info, 'controllerrevisions.apps').map((one) => {
    const data = (one.data ?? {}) as { readonly spec?: { readonly template?: { readonly [field: string]: JsonValue } } }
    const { $patch: _, ...template } = data.spec?.template ?? {}
    const before = { ...info.object, spec: { ...(info.object as { spec?: object }).spec, template: null } }
    return {
      revision: one.revision,
      cause: one.metadata?.annotations?.[CHANGE_CAUSE] ?? '',
      template: template as Kube.PodTemplateSpec,
      object: mergePatch(asJson(before), { spec: { template } }) as KubeObject,
      patch: one.data as JsonValue,
    }
  })
}
