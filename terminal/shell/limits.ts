import type { BashOptions } from 'just-bash'

/** Bytes one file may hold. The file tree of a machine has a budget of its own for all of them. */
export const MAX_FILE_BYTES = 1024 * 1024

const MEGABYTE = 1024 * 1024
const COMMANDS = 100_000
/** Times that one line may go through `eval`. */
export const MAX_EVALS = 2_000
export const TOO_MANY_EVALS = `stopped: one line may use eval ${MAX_EVALS} times`

/** What one line may cost: a learner's loop ends with a message and slows nobody else. */
export const executionLimits: NonNullable<BashOptions['executionLimits']> = {
  maxSourceBytes: MEGABYTE,
  maxHeredocSize: MEGABYTE,
  maxExecDepth: 24,
  maxCallDepth: 100,
  maxCommandCount: COMMANDS,
  maxLoopIterations: COMMANDS,
  // awk and sed give nobody a turn until they end (TextBudget watches the clock): fewer rounds than the shell's loops.
  maxAwkIterations: 20_000,
  maxSedIterations: 5_000,
  maxJqIterations: COMMANDS,
  maxTraversalEntries: COMMANDS,
  maxStringLength: 2 * MEGABYTE,
  maxOutputSize: 16 * MEGABYTE,
  maxInputBytes: 64 * MEGABYTE,
  maxLiveBytes: 64 * MEGABYTE,
  maxArchiveBytes: 16 * MEGABYTE,
  maxArrayElements: COMMANDS,
  maxBraceExpansionResults: 20_000,
  maxGlobOperations: COMMANDS,
  maxSubstitutionDepth: 24,
}

/** The library's word for a limit, and ours. */
const LIMITS: readonly (readonly [pattern: RegExp, text: string])[] = [
  [/too many commands executed/, `stopped: one line may run ${COMMANDS} commands`],
  [/too many iterations/, `stopped: a loop may go round ${COMMANDS} times`],
  [/maximum nested execution depth/, 'stopped: scripts call each other more than 24 deep'],
  [/maximum recursion depth/, 'stopped: functions call each other more than 100 deep'],
  [
    /increase executionLimits|limit exceeded|exceeds .* limit/,
    'stopped: the line needs more memory or work than one line may use',
  ],
]

/** One clear message for a line that ran into a limit; undefined if the text is about something else. */
export function limitMessage(text: string): string | undefined {
  return LIMITS.find(([pattern]) => pattern.test(text))?.[1]
}
