import { timestamp } from '../api/age.ts'
import type { KindDefinition } from '../api/kind.ts'
import type { KubeObject } from '../api/types.ts'
import type { Namespace, NamespaceCondition } from '../generated/types.ts'
import { namespace as namespaceKind } from '../kinds/namespace.ts'
import { type ControllerDefinition, defineController, type ReconcileContext } from './controller.ts'
import { isDeleting, nameOf } from './metadata.ts'

/**
 * Empties a namespace that is being deleted, then lets it go (upstream: pkg/controller/namespace/deletion). `custom` are
 * the kinds that CustomResourceDefinitions have brought by now.
 */
export function createNamespaceController(
  kinds: readonly KindDefinition[],
  custom: () => readonly KindDefinition[] = () => [],
): ControllerDefinition {
  const contents = kinds.filter((kind) => kind.scope === 'Namespaced')
  const all = () => [...contents, ...custom().filter((kind) => kind.scope === 'Namespaced')]
  const keys = (object: KubeObject, { objects }: Pick<ReconcileContext, 'objects'>) => {
    const name = object.metadata?.namespace ?? ''
    const home = objects.get(namespaceKind, undefined, name)
    return home && isDeleting(home) ? [{ namespace: undefined, name }] : []
  }
  return defineController({
    name: 'namespace-controller',
    for: namespaceKind,
    watches: contents.map((kind) => ({ kind, keys })),
    watchesCustom: (_kind, object, context) => keys(object, context),
    delayMs: [20, 60],
    reconcile(key, context) {
      const namespace = context.objects.get(namespaceKind, undefined, key.name)
      if (namespace && isDeleting(namespace)) empty(namespace, all(), context)
      return undefined
    },
  })
}

function empty(namespace: Namespace, contents: readonly KindDefinition[], context: ReconcileContext): void {
  const name = nameOf(namespace)
  for (const kind of contents) {
    for (const object of context.objects.list(kind, { namespace: name })) {
      if (!isDeleting(object)) context.objects.delete(kind, name, nameOf(object), { propagationPolicy: 'Background' })
    }
  }
  const left = contents.flatMap((kind) =>
    context.objects.list(kind, { namespace: name }).map((object) => ({ kind, object })),
  )
  if (left.length > 0) {
    const conditions = deletionConditions(left, context.now)
    context.objects.updateStatus(namespaceKind, { ...namespace, status: { phase: 'Terminating', conditions } })
    return
  }
  const finalizers = (namespace.spec?.finalizers ?? []).filter((finalizer) => finalizer !== 'kubernetes')
  context.objects.update(namespaceKind, { ...namespace, spec: { ...namespace.spec, finalizers } })
}

function deletionConditions(
  left: readonly {
    readonly kind: KindDefinition
    readonly object: { readonly metadata?: { readonly finalizers?: readonly string[] } }
  }[],
  now: number,
): readonly NamespaceCondition[] {
  const time = { lastTransitionTime: timestamp(now) }
  const ok = (type: string, reason: string, message: string) => ({ type, status: 'False', reason, message, ...time })
  const counts = new Map<string, number>()
  for (const { kind } of left) {
    const resource = `${kind.plural}.${kind.group}`
    counts.set(resource, (counts.get(resource) ?? 0) + 1)
  }
  const remaining = [...counts].map(([resource, count]) => `${resource} has ${count} resource instances`).sort()
  const held = new Map<string, number>()
  for (const finalizer of left.flatMap(({ object }) => object.metadata?.finalizers ?? [])) {
    held.set(finalizer, (held.get(finalizer) ?? 0) + 1)
  }
  const finalizers = [...held].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`).sort()
  return [
    ok('NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'),
    ok(
      'NamespaceDeletionGroupVersionParsingFailure',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ),
    ok(
      'NamespaceDeletionContentFailure',
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ),
    {
      type: 'NamespaceContentRemaining',
      status: 'True',
      reason: 'SomeResourcesRemain',
      message: `Some resources are remaining: ${remaining.join(', ')}`,
      ...time,
    },
    finalizers.length > 0
      ? {
          type: 'NamespaceFinalizersRemaining',
          status: 'True',
          reason: 'SomeFinalizersRemain',
          message: `Some content in the namespace has finalizers remaining: ${finalizers.join(', ')}`,
          ...time,
        }
      : ok('NamespaceFinalizersRemaining', 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'),
  ]
}
