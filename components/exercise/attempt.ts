import type { ReactNode } from 'react'
import type { GradeReport } from '../../curriculum/types.ts'

/** What the page knows of an attempt when it is drawn. */
export interface AttemptView {
  readonly slug: string
  readonly report: GradeReport | undefined
  /** Texts of the hints taken so far, in order. */
  readonly hints: readonly string[]
  readonly solution: string | undefined
}

/** What a check gives: the grade, and after a full pass the explanation, drawn on the server. */
export interface Checked {
  readonly report: GradeReport
  readonly explanation: ReactNode
}

/** What an exercise page asks of the server. Each rejects when it could not be done. */
export interface ExerciseActions {
  check(slug: string): Promise<Checked>
  hint(slug: string, tier: 1 | 2): Promise<string>
  solution(slug: string): Promise<string>
  /** Says what is wrong with the task. */
  report(slug: string, message: string): Promise<Receipt>
}

/** The number of a report, or that there were enough of them for today. */
export type Receipt = { readonly number: number } | { readonly refused: 'enough' }
