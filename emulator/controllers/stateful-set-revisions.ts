import type { ControllerRevision, StatefulSet } from '../generated/types.ts'
import { statefulSet as setKind } from '../kinds/stateful-set.ts'
import type { ReconcileContext } from './controller.ts'
import { nameOf } from './metadata.ts'
import { forgetRevisions, templateRevisions } from './template-revisions.ts'

/** The templates a StatefulSet works with: what its Pods had, and what they are to have. */
export interface Revisions {
  readonly current: ControllerRevision
  readonly update: ControllerRevision
  readonly all: readonly ControllerRevision[]
}

/** Finds or writes the revision of the set's template (upstream: getStatefulSetRevisions). */
export function revisionsOf(set: StatefulSet, context: ReconcileContext): Revisions {
  const { all, update } = templateRevisions(
    {
      owner: set,
      kind: setKind,
      selector: set.spec?.selector,
      template: set.spec?.template,
      collisionCount: set.status?.collisionCount,
      labelOf: (name) => name,
    },
    context,
  )
  const current = all.find((revision) => nameOf(revision) === set.status?.currentRevision) ?? update
  return { current, update, all }
}

/** Forgets revisions beyond revisionHistoryLimit that nothing uses (upstream: truncateHistory). */
export function truncateHistory(
  set: StatefulSet,
  { current, update, all }: Revisions,
  live: ReadonlySet<string>,
  context: ReconcileContext,
): void {
  const used = new Set([nameOf(current), nameOf(update), ...live])
  const unused = all.filter((revision) => !used.has(nameOf(revision)))
  forgetRevisions(unused, unused.length - (set.spec?.revisionHistoryLimit ?? 10), context)
}
