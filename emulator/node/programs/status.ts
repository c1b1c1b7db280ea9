import { simpleProgram } from './text-program.ts'

/** true: succeeds. */
export const trueProgram = simpleProgram('true', () => 0)

/** false: fails. */
export const falseProgram = simpleProgram('false', () => 1)
