import type { KubeObject } from '../../api/types.ts'

const STANDARD = ['kubernetes', 'orphan', 'foregroundDeletion']

/** Names that somebody else may use too (upstream: registry/customresource/strategy.go, generateWarningsFromObj). */
export function finalizerWarnings(object: KubeObject, old: KubeObject | undefined): readonly string[] {
  const before = old?.metadata?.finalizers ?? []
  return (object.metadata?.finalizers ?? [])
    .filter((name) => !before.includes(name) && !name.includes('/') && !STANDARD.includes(name))
    .sort()
    .map(
      (name) =>
        `metadata.finalizers: ${JSON.stringify(name)}: prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers`,
    )
}
