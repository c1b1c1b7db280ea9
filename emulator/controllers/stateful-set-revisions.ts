import { isRecord, jsonEqual } from '../api/json.ts'
import type { ControllerRevision, PodTemplateSpec, StatefulSet } from '../generated/types.ts'
import { controllerRevision as revisionKind } from '../kinds/controller-revision.ts'
import { statefulSet as setKind } from '../kinds/stateful-set.ts'
import type { ReconcileContext } from './controller.ts'
import { controllerReference, isControlledBy, nameOf, namespaceOf } from './metadata.ts'
import { podTemplateHash } from './pod-template-hash.ts'
import { revisionLabel } from './stateful-set-plan.ts'

/** The templates a StatefulSet works with: what its Pods had, and what they are to have. */
export interface Revisions {
  readonly current: ControllerRevision
  readonly update: ControllerRevision
  readonly all: readonly ControllerRevision[]
}

/** Finds or writes the revision of the set's template (upstream: getStatefulSetRevisions). */
export function revisionsOf(set: StatefulSet, context: ReconcileContext): Revisions {
  const known = context.objects
    .list(revisionKind, { namespace: namespaceOf(set) })
    .filter((revision) => isControlledBy(revision, set))
    .toSorted((a, b) => a.revision - b.revision)
  const latest = known.at(-1)
  const same = known.find(({ data }) => jsonEqual(data, dataOf(set)))
  const next = (latest?.revision ?? 0) + 1
  const update =
    same === undefined
      ? create(set, next, context)
      : same === latest
        ? same
        : context.objects.update(revisionKind, { ...same, revision: next })
  const current = known.find((revision) => nameOf(revision) === set.status?.currentRevision) ?? update
  return { current, update, all: [...known.filter((revision) => nameOf(revision) !== nameOf(update)), update] }
}

/** What a revision remembers: the template, as the patch that brings it back. */
const dataOf = (set: StatefulSet) =>
  JSON.parse(JSON.stringify({ spec: { template: { ...set.spec?.template, $patch: 'replace' } } }))

/** The Pod template of a revision. */
export function templateOf({ data }: ControllerRevision): PodTemplateSpec {
  const spec = isRecord(data) ? data.spec : undefined
  const template = isRecord(spec) ? spec.template : undefined
  if (!isRecord(template)) return {}
  const { $patch: _patch, ...rest } = template
  return rest
}

function create(set: StatefulSet, revision: number, { objects }: ReconcileContext): ControllerRevision {
  const hash = podTemplateHash(set.spec?.template, set.status?.collisionCount || undefined)
  const name = `${nameOf(set)}-${hash}`
  return objects.create(revisionKind, {
    metadata: {
      name,
      namespace: namespaceOf(set),
      labels: { ...set.spec?.template.metadata?.labels, [revisionLabel]: name },
      ownerReferences: [controllerReference(set, setKind)],
    },
    data: dataOf(set),
    revision,
  })
}

/** Forgets revisions beyond revisionHistoryLimit that nothing uses (upstream: truncateHistory). */
export function truncateHistory(
  set: StatefulSet,
  { current, update, all }: Revisions,
  live: ReadonlySet<string>,
  { objects }: ReconcileContext,
): void {
  const used = new Set([nameOf(current), nameOf(update), ...live])
  const unused = all.filter((revision) => !used.has(nameOf(revision)))
  const surplus = unused.length - (set.spec?.revisionHistoryLimit ?? 10)
  for (const revision of unused.slice(0, Math.max(0, surplus)))
    objects.delete(revisionKind, namespaceOf(revision), nameOf(revision))
}
