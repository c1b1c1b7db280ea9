/** Discovery: which groups, versions and resources are served, in the old form and the aggregated one. */
import type { APIGroup, APIResource } from '../generated/types.ts'
import type { KindDefinition } from './kind.ts'
import { parseAccept } from './negotiate.ts'
import type { GroupVersion, Registry } from './registry.ts'
import type { ContributedSubresource } from './subresource.ts'
import { subresourcesOf, verbsOf } from './verbs.ts'

/** A version of a group that is registered and does not answer. */
export interface UnavailableApi {
  readonly group: string
  readonly version: string
}

export interface DiscoveryContext {
  readonly registry: Registry
  readonly unavailable: () => readonly UnavailableApi[]
  readonly subresources: readonly ContributedSubresource[]
  /** `192.168.1.2:6443` */
  readonly serverAddress: string
}

export interface DiscoveryAnswer {
  readonly contentType: string
  readonly body: unknown
}

/** Answers `/api`, `/apis`, `/api/v1`, `/apis/<group>` and `/apis/<group>/<version>`; undefined for any other path. */
export function discover(
  context: DiscoveryContext,
  path: string,
  accept: string | undefined,
): DiscoveryAnswer | undefined {
  const segments = path.split('/').filter((segment) => segment !== '')
  const [root, first, second, more] = segments
  if (more !== undefined) return undefined
  if (root === 'api') {
    if (second !== undefined) return undefined
    return first === undefined ? legacyRoot(context, accept) : plain(resourceList(context, '', first))
  }
  if (root !== 'apis') return undefined
  if (first === undefined) return groupsRoot(context, accept)
  if (second !== undefined) return plain(resourceList(context, first, second))
  const group = groupsOf(context).find(({ name }) => name === first)
  return plain(group && { kind: 'APIGroup', apiVersion: 'v1', ...group })
}

function plain(body: unknown): DiscoveryAnswer | undefined {
  return body === undefined ? undefined : { contentType: 'application/json', body }
}

function legacyRoot(context: DiscoveryContext, accept: string | undefined): DiscoveryAnswer | undefined {
  const core = context.registry.groupVersions.filter(({ group }) => group === '')
  return (
    aggregated(context, accept, core) ??
    plain({
      kind: 'APIVersions',
      versions: core.map(({ version }) => version),
      serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: context.serverAddress }],
    })
  )
}

function groupsRoot(context: DiscoveryContext, accept: string | undefined): DiscoveryAnswer | undefined {
  const named = context.registry.groupVersions.filter(({ group }) => group !== '')
  return (
    aggregated(context, accept, named) ?? plain({ kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(context) })
  )
}

function groupsOf({ registry, unavailable }: DiscoveryContext): readonly APIGroup[] {
  const all: readonly UnavailableApi[] = [...registry.groupVersions, ...unavailable()]
  const names = [...new Set(all.map(({ group }) => group))].filter((name) => name !== '')
  return names.map((name) => {
    const versions = all
      .filter(({ group }) => group === name)
      .map(({ version }) => ({ groupVersion: `${name}/${version}`, version }))
    const [preferred] = versions
    return { name, versions, ...(preferred && { preferredVersion: preferred }) }
  })
}

function resourceList(context: DiscoveryContext, group: string, version: string): unknown {
  const found = context.registry.groupVersions.find((one) => one.group === group && one.version === version)
  if (!found) return undefined
  return {
    kind: 'APIResourceList',
    ...(group !== '' && { apiVersion: 'v1' }),
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources: found.kinds.flatMap((kind) => resourcesOf(kind, context.subresources)),
  }
}

function resourcesOf(kind: KindDefinition, handlers: readonly ContributedSubresource[]): readonly APIResource[] {
  const namespaced = kind.scope === 'Namespaced'
  return [
    {
      name: kind.plural,
      singularName: kind.singular ?? kind.kind.toLowerCase(),
      namespaced,
      kind: kind.kind,
      verbs: verbsOf(kind),
      ...(kind.shortNames && { shortNames: kind.shortNames }),
      ...(kind.categories && { categories: kind.categories }),
    },
    ...subresourcesOf(kind, handlers).map(({ name, speaks, verbs }) => ({
      name: `${kind.plural}/${name}`,
      singularName: '',
      namespaced,
      ...(speaks.group !== kind.group || speaks.version !== kind.version
        ? { group: speaks.group, version: speaks.version }
        : {}),
      kind: speaks.kind,
      verbs,
    })),
  ]
}

/** The aggregated form, if the client asks for a version of it that we know (kubectl 1.26 to 1.29 ask for v2beta1). */
function aggregated(
  context: DiscoveryContext,
  accept: string | undefined,
  groupVersions: readonly GroupVersion[],
): DiscoveryAnswer | undefined {
  for (const { type, parameters } of parseAccept(accept)) {
    const as = parameters.get('as')
    if (as === undefined) return undefined
    const version = parameters.get('v')
    if (type !== 'application/json' || as !== 'APIGroupDiscoveryList' || parameters.get('g') !== 'apidiscovery.k8s.io')
      continue
    if (version !== 'v2' && version !== 'v2beta1') continue
    const isCore = groupVersions.every(({ group }) => group === '')
    const stale = isCore ? [] : context.unavailable()
    return {
      contentType: `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
      body: {
        kind: 'APIGroupDiscoveryList',
        apiVersion: `apidiscovery.k8s.io/${version}`,
        metadata: {},
        items: [...new Set([...groupVersions, ...stale].map(({ group }) => group))].map((group) => ({
          metadata: { ...(group !== '' && { name: group }), creationTimestamp: null },
          versions: [
            ...groupVersions
              .filter((one) => one.group === group)
              .map((one) => ({
                version: one.version,
                resources: one.kinds.map((kind) => aggregatedResource(kind, context.subresources)),
                freshness: 'Current',
              })),
            ...stale
              .filter((one) => one.group === group)
              .map(({ version: name }) => ({ version: name, freshness: 'Stale' })),
          ],
        })),
      },
    }
  }
  return undefined
}

function aggregatedResource(kind: KindDefinition, handlers: readonly ContributedSubresource[]): unknown {
  const subresources = subresourcesOf(kind, handlers)
  return {
    resource: kind.plural,
    responseKind: { group: kind.group, version: kind.version, kind: kind.kind },
    scope: kind.scope === 'Namespaced' ? 'Namespaced' : 'Cluster',
    singularResource: kind.singular ?? kind.kind.toLowerCase(),
    verbs: verbsOf(kind),
    ...(kind.shortNames && { shortNames: kind.shortNames }),
    ...(kind.categories && { categories: kind.categories }),
    ...(subresources.length > 0 && {
      subresources: subresources.map(({ name, speaks, verbs }) => ({
        subresource: name,
        responseKind: speaks,
        verbs,
      })),
    }),
  }
}
