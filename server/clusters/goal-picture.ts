import { compareWithGoal } from '../../curriculum/goal-picture/compare.ts'
import { exerciseGoal } from '../../curriculum/goal-picture/exercise-goal.ts'
import type { Goal } from '../../curriculum/goal-picture/goal.ts'
import { type PictureReader, readPicture } from '../../curriculum/goal-picture/picture.ts'
import type { ServerMessage } from '../protocol.ts'
import { throttle } from './throttle.ts'

/** The goal of an exercise as pages draw it, with its marks kept up to date. */
export interface GoalPicture {
  /** The cluster may have come nearer to it. */
  changed(): void
  /** For a page that just joined; nothing while the goal is not known, and where there is no exercise. */
  now(): ServerMessage | undefined
  stop(): void
}

export interface GoalPictureOptions {
  readonly cluster: PictureReader
  /** `exercise:<slug>`; other workspaces have no goal of this kind. */
  readonly workspace: string
  /** Draws the exercise's values. */
  readonly seed: string
  /** To all pages. */
  readonly tell: (message: ServerMessage) => void
  readonly watched: () => boolean
  /** Finds the goal out; asked once, when somebody looks. Undefined where a picture cannot show it. */
  readonly goalOf?: (slug: string, seed: string) => Promise<Goal | undefined>
}

const LOOK_MS = 250

export function createGoalPicture(options: GoalPictureOptions): GoalPicture {
  const { cluster, workspace, seed, tell, watched, goalOf = exerciseGoal } = options
  const slug = /^exercise:(.+)$/.exec(workspace)?.[1]
  let goal: { readonly found: Goal | undefined } | undefined
  let asked = false
  let told = ''
  let stopped = false
  const message = (found: Goal | undefined): ServerMessage => ({
    type: 'goal',
    view: found === undefined ? null : compareWithGoal(found, readPicture(cluster)),
  })
  const looks = throttle(LOOK_MS, () => {
    if (stopped || goal === undefined || !watched()) return
    const news = message(goal.found)
    const text = JSON.stringify(news)
    if (text === told) return
    told = text
    tell(news)
  })
  const ask = async (of: string) => {
    goal = { found: await goalOf(of, seed) }
    looks.request()
  }
  return {
    changed() {
      if (slug === undefined || !watched()) return
      if (asked) {
        if (goal?.found) looks.request()
        return
      }
      asked = true
      ask(slug).catch((error: unknown) => console.error(`The goal of ${workspace} could not be drawn:`, error))
    },
    now: () => (goal === undefined ? undefined : message(goal.found)),
    stop() {
      stopped = true
      looks.cancel()
    },
  }
}
