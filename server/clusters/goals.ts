import { type GoalJudge, goalJudge, goalsOf } from '../../curriculum/goals.ts'
import type { Cluster } from '../../emulator/index.ts'
import type { ServerMessage } from '../protocol.ts'
import { throttle } from './throttle.ts'

/** The goals of a lesson that a cluster has reached. What is reached stays reached. */
export interface Goals {
  /** The cluster may have reached something. */
  changed(): void
  /** For a page that just joined; nothing where a workspace has no goals. */
  now(): ServerMessage | undefined
  readonly reached: readonly string[]
  stop(): void
}

export interface GoalsOptions {
  readonly cluster: Cluster
  /** `lesson:<slug>`; other workspaces have no goals. */
  readonly workspace: string
  /** Of an earlier run. */
  readonly before: readonly string[]
  /** To all pages. */
  readonly tell: (message: ServerMessage) => void
  readonly watched: () => boolean
  /** Resolves when what is reached is durable: pages hear of it afterwards. */
  readonly keep: () => Promise<void>
  /** Finds out what is reached; made when it is first needed. */
  readonly judge?: () => Promise<GoalJudge>
}

/** Requests that goals send, and copies of the cluster, cost at most this often. */
const JUDGE_MS = 1000

export function createGoals(options: GoalsOptions): Goals {
  const { cluster, workspace, before, tell, watched, keep, judge = () => goalJudge(workspace) } = options
  const ids = goalsOf(workspace).map(({ id }) => id)
  const reached = new Set(before.filter((id) => ids.includes(id)))
  let judging: Promise<GoalJudge> | undefined
  let stopped = false
  const message = (): ServerMessage => ({ type: 'goals', reached: [...reached] })
  const look = async () => {
    if (!watched() || reached.size === ids.length) return
    judging ??= judge()
    const judged = await judging
    if (stopped) return
    const news = judged(
      cluster,
      ids.filter((id) => !reached.has(id)),
    )
    if (news.length === 0) return
    for (const id of news) reached.add(id)
    await keep()
    if (!stopped) tell(message())
  }
  const looks = throttle(JUDGE_MS, () => {
    look().catch((error: unknown) => console.error(`The goals of ${workspace} could not be judged:`, error))
  })
  return {
    changed() {
      if (reached.size < ids.length && watched()) looks.request()
    },
    now: () => (ids.length === 0 ? undefined : message()),
    get reached() {
      return [...reached]
    },
    stop() {
      stopped = true
      looks.cancel()
    },
  }
}
