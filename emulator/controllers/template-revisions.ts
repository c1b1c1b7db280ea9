/** ControllerRevisions: the Pod templates that DaemonSets and StatefulSets remember (upstream: pkg/controller/history). */
import { isRecord, jsonEqual } from '../api/json.ts'
import type { KindDefinition } from '../api/kind.ts'
import type { JsonValue, KubeObject } from '../api/types.ts'
import type { ControllerRevision, LabelSelector, PodTemplateSpec } from '../generated/types.ts'
import { controllerRevision as revisionKind } from '../kinds/controller-revision.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'
import type { ReconcileContext } from './controller.ts'
import { controllerOf, controllerReference, isControlledBy, labelsOf, nameOf, namespaceOf } from './metadata.ts'
import { podTemplateHash } from './pod-template-hash.ts'

export const revisionLabel = 'controller-revision-hash'

/** Who remembers which template. */
export interface RevisionKeeper {
  readonly owner: KubeObject
  readonly kind: KindDefinition
  readonly selector: LabelSelector | undefined
  readonly template: PodTemplateSpec | undefined
  readonly collisionCount: number | undefined
  /** What the label `controller-revision-hash` of a revision and of its Pods says. */
  readonly labelOf: (name: string, hash: string) => string
  readonly annotations?: { readonly [key: string]: string }
}

export interface TemplateRevisions {
  /** Ordered by revision; the last is that of the present template. */
  readonly all: readonly ControllerRevision[]
  readonly update: ControllerRevision
}

/** Finds the revision of the present template, gives it the highest number, or writes it. */
export function templateRevisions(keeper: RevisionKeeper, context: ReconcileContext): TemplateRevisions {
  const { objects } = context
  const known = claimRevisions(keeper, context).toSorted((a, b) => a.revision - b.revision)
  const data = dataOf(keeper.template)
  const latest = known.at(-1)
  const same = known.find((revision) => jsonEqual(revision.data, data))
  const next = (latest?.revision ?? 0) + 1
  const update =
    same === undefined
      ? objects.create(revisionKind, newRevision(keeper, data, next))
      : same === latest
        ? same
        : objects.update(revisionKind, { ...same, revision: next })
  return { update, all: [...known.filter((revision) => nameOf(revision) !== nameOf(update)), update] }
}

/** The keeper's own; those with its labels that a deleted owner left behind are adopted. */
function claimRevisions(
  { owner, kind, selector }: RevisionKeeper,
  { objects }: ReconcileContext,
): readonly ControllerRevision[] {
  return objects.list(revisionKind, { namespace: namespaceOf(owner) }).flatMap((revision) => {
    if (isControlledBy(revision, owner)) return [revision]
    if (controllerOf(revision) || !matchesLabelSelector(selector, labelsOf(revision))) return []
    const ownerReferences = [...(revision.metadata?.ownerReferences ?? []), controllerReference(owner, kind)]
    return [objects.update(revisionKind, { ...revision, metadata: { ...revision.metadata, ownerReferences } })]
  })
}

/** The template, as the patch that brings it back. */
function dataOf(template: PodTemplateSpec | undefined): JsonValue {
  return JSON.parse(JSON.stringify({ spec: { template: { ...template, $patch: 'replace' } } })) as JsonValue
}

function newRevision(keeper: RevisionKeeper, data: JsonValue, revision: number): ControllerRevision {
  const { owner, kind, template, collisionCount, labelOf, annotations } = keeper
  const hash = podTemplateHash(template, collisionCount || undefined)
  const name = `${nameOf(owner)}-${hash}`
  return {
    metadata: {
      name,
      namespace: namespaceOf(owner),
      labels: { ...template?.metadata?.labels, [revisionLabel]: labelOf(name, hash) },
      ...(annotations && Object.keys(annotations).length > 0 && { annotations }),
      ownerReferences: [controllerReference(owner, kind)],
    },
    data,
    revision,
  }
}

/** The Pod template of a revision. */
export function templateOf({ data }: ControllerRevision): PodTemplateSpec {
  const spec = isRecord(data) ? data.spec : undefined
  const template = isRecord(spec) ? spec.template : undefined
  if (!isRecord(template)) return {}
  const { $patch: _patch, ...rest } = template
  return rest
}

/** Forgets revisions beyond the limit that nothing uses, oldest first (upstream: truncateHistory, cleanupHistory). */
export function forgetRevisions(
  unused: readonly ControllerRevision[],
  surplus: number,
  { objects }: ReconcileContext,
): void {
  for (const revision of unused.slice(0, Math.max(0, surplus)))
    objects.delete(revisionKind, namespaceOf(revision), nameOf(revision))
}
