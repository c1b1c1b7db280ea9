/** Reads the cluster through its API, as any client does. */
import type { Cluster, Kube, KubeObject } from '../../emulator/index.ts'

/** One object, or undefined. `kind` is the kind's name (`Service`); `namespace` is ignored for cluster-wide kinds. */
export function readObject(cluster: Cluster, kind: string, namespace: string, name: string): KubeObject | undefined {
  const response = cluster.request({ method: 'GET', path: `${collectionPath(cluster, kind, namespace)}/${name}` })
  return response.status === 200 && isObject(response.body) ? response.body : undefined
}

/** All objects of a kind in a namespace. */
export function listObjects<T extends KubeObject>(
  cluster: Cluster,
  kind: string,
  namespace: string,
  labels?: string,
): readonly T[] {
  const response = cluster.request({
    method: 'GET',
    path: collectionPath(cluster, kind, namespace),
    query: labels === undefined ? {} : { labelSelector: labels },
  })
  const body = response.body as { readonly items?: readonly T[] }
  return response.status === 200 ? (body.items ?? []) : []
}

export const readService = (cluster: Cluster, namespace: string, name: string): Kube.Service | undefined =>
  readObject(cluster, 'Service', namespace, name)

/** A Pod as facts name it: by its workload, since generated names are nobody's to know. */
export function podTitle(cluster: Cluster, namespace: string, name: string): string {
  const owner = readObject(cluster, 'Pod', namespace, name)?.metadata?.ownerReferences?.find((o) => o.controller)
  if (owner === undefined) return `Pod ${name}`
  const above = readObject(cluster, owner.kind, namespace, owner.name)?.metadata?.ownerReferences?.find(
    (o) => o.controller,
  )
  return above === undefined ? `${owner.kind} ${owner.name}` : `${above.kind} ${above.name}`
}

/** `/apis/apps/v1/namespaces/default/deployments`: where objects of a kind are listed and created. */
export function collectionPath(cluster: Cluster, kind: string, namespace: string): string {
  const definition = cluster.kinds.find((k) => k.kind === kind)
  if (definition === undefined) throw new Error(`no kind ${kind} in the emulator`)
  const root = definition.group === '' ? '/api/v1' : `/apis/${definition.group}/${definition.version}`
  return `${root}${definition.scope === 'Namespaced' ? `/namespaces/${namespace}` : ''}/${definition.plural}`
}

const isObject = (body: unknown): body is KubeObject => typeof body === 'object' && body !== null
