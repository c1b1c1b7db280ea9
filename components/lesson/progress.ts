/** What marks on the page need to know of a learner's progress. Plain data, from an action. */
export interface ProgressMarks {
  readonly lessons: { readonly [slug: string]: 'started' | 'done' }
  readonly exercises: { readonly [slug: string]: { readonly points: number; readonly passed: boolean } }
  readonly quizzes: { readonly [slug: string]: { readonly correct: number } }
}

export const noMarks: ProgressMarks = { lessons: {}, exercises: {}, quizzes: {} }

/** What a lesson page asks of the server. */
export interface LessonActions {
  /** Notes the visit; gives all marks. */
  visit(slug: string): Promise<ProgressMarks>
  complete(slug: string): Promise<ProgressMarks>
}
