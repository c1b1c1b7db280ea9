import type { StepState } from '../../curriculum/steps.ts'

/** What a learner did of the course, by `kind/slug`; what is new to them is absent. Plain data, from an action. */
export interface ProgressMarks {
  readonly [step: string]: Exclude<StepState['state'], 'new'>
}

export const noMarks: ProgressMarks = {}

/** What a lesson page asks of the server. */
export interface LessonActions {
  /** Notes the visit; gives all marks. */
  visit(slug: string): Promise<ProgressMarks>
  complete(slug: string): Promise<ProgressMarks>
}
