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

/** A workspace as its database row holds it. */
export interface SavedState {
  readonly version: 1
  readonly snapshot: ClusterSnapshot
  readonly terminals: readonly SavedTerminal[]
  /** The last request, for the page to show again. */
  readonly trace?: TraceView | undefined
  /** Goals of the lesson that were reached. */
  readonly goals?: readonly string[] | undefined
}

const savedState = z.object({
  version: z.literal(1),
  snapshot: z.looseObject({ version: z.literal(1), blueprint: z.string() }),
  terminals: z.array(
    z.object({
      id: z.number(),
      session: z.object({
        history: z.array(z.string()),
        cwd: z.string(),
        env: z.record(z.string(), z.string()),
        functions: z.array(z.string()),
        aliases: z.record(z.string(), z.string()),
      }),
      scrollback: z.string(),
      seq: z.number(),
      busy: z.boolean(),
    }),
  ),
  trace: traceView.optional(),
  goals: z.array(z.string()).optional(),
})

/** Reads a row's text; undefined if it is not a state that this version understands. */
export function parseState(text: string): SavedState | undefined {
  try {
    return savedState.parse(JSON.parse(text)) satisfies SavedState
  } catch {
    return undefined
  }
}
