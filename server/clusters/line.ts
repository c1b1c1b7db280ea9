import type { StepLabel } from '../protocol.ts'

/** One thing a learner did, of which undo makes one step; each time it is done it is another. */
export interface Line {
  readonly label: StepLabel
}

const LONGEST = 200

/** Of a text over several lines the first names it. */
export function createLine(kind: StepLabel['kind'], text: string): Line {
  const [first = '', ...others] = text.trim().split(/\r?\n/)
  const letters = [...first.replace(/[\p{Cc}\p{Cs}]/gu, ' ')]
  const short = letters.slice(0, LONGEST).join('')
  return { label: { kind, text: others.length > 0 || letters.length > LONGEST ? `${short} …` : short } }
}
