/** `apply --prune`: what earlier applies made and this one does not name is deleted (upstream: kubectl/pkg/cmd/apply/prune.go). */
import type { KubeObject } from '../../../emulator/index.ts'
import { type Discovery, kindName, type ResourceType, resourcePath } from '../api/discovery.ts'
import { klogHead } from '../cli/klog.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { objectPrinter } from '../print/output.ts'
import { type ListBody, typed } from '../resources/fetch.ts'
import { dryRunOf, dryRunSuffix, LAST_APPLIED } from '../resources/mutation.ts'

/** What is looked at without --prune-allowlist. */
const DEFAULT_TYPES = [
  ...['ConfigMap', 'Endpoints', 'Namespace', 'PersistentVolumeClaim', 'PersistentVolume', 'Pod'],
  ...['ReplicationController', 'Secret', 'Service'],
].map((kind) => ['v1', kind] as const)
const DEFAULT_GROUP_TYPES = [
  ['batch/v1', 'Job'],
  ['batch/v1', 'CronJob'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['apps/v1', 'DaemonSet'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'ReplicaSet'],
  ['apps/v1', 'StatefulSet'],
] as const

/** The types to look at. Throws KubectlError for an allowlist that makes no sense. */
export function pruneTypes({ context, flags }: Invocation, discovery: Discovery): readonly ResourceType[] {
  const wanted = flags.list('prune-allowlist').map((text) => allowed(discovery, text))
  if (wanted.length > 0) return wanted
  context.err(
    `${klogHead('W', context.cluster.now(), 'prune.go:71')} Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.\n`,
  )
  return [...DEFAULT_TYPES, ...DEFAULT_GROUP_TYPES].flatMap(([version, kind]) => discovery.forKind(version, kind) ?? [])
}

function allowed(discovery: Discovery, text: string): ResourceType {
  const [group = '', version = '', kind = '', ...more] = text.split('/')
  if (kind === '' || more.length > 0)
    throw new KubectlError(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`)
  const apiVersion = group === 'core' || group === '' ? version : `${group}/${version}`
  const type = discovery.forKind(apiVersion, kind)
  if (!type) throw new KubectlError(`no matches for kind "${kind}" in version "${apiVersion}"`)
  return type
}

export interface Pruning {
  readonly types: readonly ResourceType[]
  /** What this apply left on the server. */
  readonly applied: readonly KubeObject[]
  readonly cascade: string
}

export async function prune(invocation: Invocation, { types, applied, cascade }: Pruning): Promise<void> {
  const { context, flags } = invocation
  const printer = await objectPrinter(invocation)
  const dryRun = dryRunOf(invocation)
  for (const { type, object } of staleObjects(invocation, types, applied)) {
    const { name = '', namespace } = object.metadata ?? {}
    const path = resourcePath(type, namespace, name)
    if (dryRun !== 'client') remove(invocation, path, cascade, flags.number('grace-period'))
    if (printer) context.out(printer(object))
    else context.out(`${kindName(type)}/${name} pruned${dryRunSuffix(dryRun)}\n`)
  }
}

interface Stale {
  readonly type: ResourceType
  readonly object: KubeObject
}

/** Objects that apply made, as their annotation tells, in the places where it worked now, and did not find now. */
export function staleObjects(
  invocation: Invocation,
  types: readonly ResourceType[],
  applied: readonly KubeObject[],
): readonly Stale[] {
  const { namespace, namespaceEnforced } = invocation
  const kept = new Set(applied.map((object) => object.metadata?.uid))
  const visited = new Set(applied.flatMap((object) => object.metadata?.namespace ?? []))
  if (namespaceEnforced) visited.add(namespace)
  const places = [
    ...[...visited].flatMap((place) => types.filter((t) => t.namespaced).map((type) => ({ type, place }))),
    ...types.filter((t) => !t.namespaced).map((type) => ({ type, place: undefined })),
  ]
  return places.flatMap(({ type, place }) =>
    appliedObjects(invocation, type, place)
      .filter((object) => !kept.has(object.metadata?.uid))
      .map((object) => ({ type, object: typed(type, object) })),
  )
}

function appliedObjects(
  { api, flags }: Invocation,
  type: ResourceType,
  place: string | undefined,
): readonly KubeObject[] {
  const labelSelector = flags.optional('selector')
  const list = api.get<ListBody>(resourcePath(type, place), { ...(labelSelector && { query: { labelSelector } }) })
  return (list.items ?? []).filter((object) => object.metadata?.annotations?.[LAST_APPLIED] !== undefined)
}

function remove(invocation: Invocation, path: string, propagationPolicy: string, grace: number): void {
  invocation.api.send('DELETE', path, {
    body: {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      propagationPolicy,
      ...(grace >= 0 && { gracePeriodSeconds: grace }),
      ...(dryRunOf(invocation) === 'server' && { dryRun: ['All'] }),
    },
  })
}
