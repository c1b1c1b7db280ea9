/** Goals of lesson.yaml and the boxes of a text belong together, one to one. */
import { readFileSync } from 'node:fs'
import { ContentError } from './content-error.ts'
import type { GoalBox } from './mdx-outline.ts'
import { lineOf } from './yaml-source.ts'

/** Throws ContentError for a box of an unknown goal, a second box of one goal, and a goal without a box. Files are relative to the project. */
export function checkGoalBoxes(
  goals: readonly { readonly id: string }[],
  yaml: string,
  boxes: readonly GoalBox[],
  text: string,
): void {
  for (const [i, { id, line }] of boxes.entries()) {
    if (!goals.some((goal) => goal.id === id)) throw new ContentError(text, line, `${yaml} has no goal "${id}"`)
    if (boxes.findIndex((box) => box.id === id) < i)
      throw new ContentError(text, line, `goal "${id}" has a box already`)
  }
  const without = goals.findIndex(({ id }) => !boxes.some((box) => box.id === id))
  if (without < 0) return
  const line = lineOf(readFileSync(yaml, 'utf8'), ['goals', without, 'id'])
  throw new ContentError(yaml, line, `${text} has no <Goal id="${goals[without]?.id}">`)
}
