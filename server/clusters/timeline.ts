import type { StepLabel } from '../protocol.ts'
import { BUDGETS } from './budgets.ts'
import type { ClusterState } from './saved-state.ts'

/** A state of the past or of the undone future, as the database knows it. */
export interface KnownStep {
  readonly number: number
  /** What led from this state to the next; undefined where nothing comes after it. */
  readonly label: StepLabel | undefined
  /** Characters that its row holds. */
  readonly size: number
}

/** What the database does not have yet. */
export interface TimelineChanges {
  readonly written: readonly {
    readonly number: number
    readonly label: StepLabel | undefined
    readonly state: ClusterState
  }[]
  readonly removed: readonly number[]
}

/**
 * The states a cluster was in, numbered; the present one has the number `at`. Those below lead back, those above forward.
 * Only numbers and labels stay in memory: a state is in the database a moment after it was left.
 */
export interface Timeline {
  readonly at: number
  readonly undo: StepLabel | undefined
  readonly redo: StepLabel | undefined
  /** `state` is left by something new; what was undone is gone for good. */
  add(label: StepLabel, state: ClusterState): void
  /** `state` is left for the one before or after it, which becomes the present. */
  move(to: 'undo' | 'redo', state: ClusterState): void
  changes(): TimelineChanges
  /** These changes are durable; `sizes` has the characters of each row. */
  kept(changes: TimelineChanges, sizes: ReadonlyMap<number, number>): void
}

interface Step {
  readonly label: StepLabel | undefined
  readonly size: number
  /** Until it is in the database. */
  readonly state?: ClusterState
}

/** `at` as the saved state names it. */
export function createTimeline(at: number, known: readonly KnownStep[]): Timeline {
  const steps = new Map<number, Step>(known.map(({ number, label, size }) => [number, { label, size }]))
  const removed = new Set<number>()
  const remove = (number: number) => {
    if (steps.delete(number)) removed.add(number)
  }
  const put = (number: number, step: Step) => {
    steps.set(number, step)
    removed.delete(number)
  }
  const oldest = () => Math.min(...steps.keys())
  const size = () => [...steps.values()].reduce((sum, step) => sum + step.size, 0)
  /** The step that leads to the present state stays, however large. */
  const trim = () => {
    while (oldest() < at - 1 && (at - oldest() > BUDGETS.steps || size() > BUDGETS.stepCharacters)) remove(oldest())
  }
  return {
    get at() {
      return at
    },
    get undo() {
      return steps.get(at - 1)?.label
    },
    get redo() {
      return steps.has(at + 1) ? steps.get(at)?.label : undefined
    },
    add(label, state) {
      for (const number of [...steps.keys()]) if (number > at) remove(number)
      put(at, { label, state, size: 0 })
      at++
      trim()
    },
    move(to, state) {
      put(at, { label: steps.get(at)?.label, state, size: steps.get(at)?.size ?? 0 })
      at += to === 'undo' ? -1 : 1
    },
    changes: () => ({
      written: [...steps].flatMap(([number, { label, state }]) => (state ? [{ number, label, state }] : [])),
      removed: [...removed],
    }),
    kept(changes, sizes) {
      for (const { number, label, state } of changes.written)
        if (steps.get(number)?.state === state) steps.set(number, { label, size: sizes.get(number) ?? 0 })
      for (const number of changes.removed) if (!steps.has(number)) removed.delete(number)
      trim()
    },
  }
}
