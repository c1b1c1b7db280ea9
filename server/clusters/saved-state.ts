import { z } from 'zod'
import type { ClusterSnapshot } from '../../emulator/index.ts'
import type { SavedSession } from '../../terminal/types.ts'
import { type TraceView, traceView } from '../protocol.ts'

/** One terminal as it is kept: what its shell needs to go on, and what the screen showed. */
export interface SavedTerminal {
  readonly id: number
  readonly session: SavedSession
  readonly scrollback: string
  readonly seq: number
  /** A command was running: it is not resumed, and the learner is told. */
  readonly busy: boolean
}

/** A cluster that can be gone back to: all of a workspace but its terminals. */
export interface ClusterState {
  readonly snapshot: ClusterSnapshot
  /** The last request, for the page to show again. */
  readonly trace?: TraceView | undefined
  /** Goals of the lesson that were reached. */
  readonly goals?: readonly string[] | undefined
}

/** Where a learner sits down; kept where a workspace's own definition may be gone one day. */
export interface SavedSeat {
  readonly machine: string
  readonly user: string
}

/** A workspace as its database row holds it. */
export interface SavedState extends ClusterState {
  readonly version: 1
  readonly terminals: readonly SavedTerminal[]
  /** Number of the present state among the steps; missing in rows from before there were steps. */
  readonly step?: number | undefined
  readonly seat?: SavedSeat | undefined
}

const clusterState = z.object({
  snapshot: z.looseObject({ version: z.literal(1), blueprint: z.string() }),
  trace: traceView.optional(),
  goals: z.array(z.string()).optional(),
})

const savedState = clusterState.extend({
  version: z.literal(1),
  terminals: z.array(
    z.object({
      id: z.number(),
      session: z.object({
        history: z.array(z.string()),
        cwd: z.string(),
        env: z.record(z.string(), z.string()),
        functions: z.array(z.string()),
        aliases: z.record(z.string(), z.string()),
        remote: z
          .object({ machine: z.string(), user: z.string(), cwd: z.string(), history: z.array(z.string()) })
          .optional(),
      }),
      scrollback: z.string(),
      seq: z.number(),
      busy: z.boolean(),
    }),
  ),
  step: z.number().int().optional(),
  seat: z.object({ machine: z.string(), user: z.string() }).optional(),
})

/** Reads a row's text; undefined if it is not a state that this version understands. */
export function parseState(text: string): SavedState | undefined {
  return parsed(text, savedState)
}

/** Reads the text of a step, a checkpoint or a shared state. */
export function parseClusterState(text: string): ClusterState | undefined {
  return parsed(text, clusterState)
}

function parsed<T>(text: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
