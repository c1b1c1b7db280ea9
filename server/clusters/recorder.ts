import type { ServerMessage } from '../protocol.ts'
import { createLine, type Line } from './line.ts'
import type { Record } from './recorded-cluster.ts'
import type { ClusterState } from './saved-state.ts'
import type { Timeline } from './timeline.ts'

/** Makes steps of what changes a cluster: one of each line, however much the line does. */
export interface Recorder {
  /** For changes of which `line` tells whose they are. */
  by(line: () => Line): Record
  /** The line for a request of a kubectl from outside: requests close together are one. */
  outside(text: string): Line
  /** The cluster stands for nothing any more: what still runs on it makes no steps. */
  stop(): void
}

/** A `kubectl apply` of many files sends its requests within this time of each other. */
const TOGETHER_MS = 2000

/** `state` gives the present one, `added` is called after a step was made; `now` in ms on any clock. */
export function createRecorder(
  timeline: Timeline,
  state: () => ClusterState,
  added: () => void,
  now: () => number = () => performance.now(),
): Recorder {
  const begun = new WeakSet<Line>()
  let stopped = false
  let lastOutside: { readonly line: Line; at: number } | undefined
  return {
    by: (lineOf) => (act, changed) => {
      const line = lineOf()
      if (stopped || begun.has(line)) return act()
      const before = state()
      const result = act()
      if (!changed(result)) return result
      begun.add(line)
      timeline.add(line.label, before)
      added()
      return result
    },
    outside(text) {
      const at = now()
      if (!lastOutside || at - lastOutside.at > TOGETHER_MS) lastOutside = { line: createLine('outside', text), at }
      lastOutside.at = at
      return lastOutside.line
    },
    stop() {
      stopped = true
    },
  }
}

/** What undo and redo would do, for pages. */
export function stepsMessage({ undo, redo }: Timeline): ServerMessage {
  return { type: 'steps', ...(undo && { undo }), ...(redo && { redo }) }
}
