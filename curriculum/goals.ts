/** Goals of a lesson: states of the learner's cluster that a box in the text waits for. */
import type { Cluster } from '../emulator/index.ts'
import type { Observation } from './checks/check.ts'
import { isMet, observeCopy, REFERENCE_TIME, runScript } from './grade.ts'
import { lessonDefinition } from './lessons.ts'
import { remember } from './remember.ts'
import type { LessonDefinition } from './schemas.ts'
import { prepareCluster, workspaceSpec } from './workspaces.ts'

type GoalDefinition = LessonDefinition['goals'][number]

/**
 * Which of the goals `among` are reached once the cluster, as it stands, comes to rest: a list that is empty for a moment
 * only is not empty. The cluster is not touched.
 */
export type GoalJudge = (cluster: Cluster, among: readonly string[]) => readonly string[]

/** The goals of a workspace (`lesson:<slug>`), in order; other workspaces have none. */
export const goalsOf = (workspace: string): readonly GoalDefinition[] => {
  const slug = /^lesson:(.+)$/.exec(workspace)?.[1]
  return (slug === undefined ? undefined : lessonDefinition(slug)?.goals) ?? []
}

/** Judges by the facts of the clusters in which the goals' own scripts ran; those are kept. */
export function goalJudge(workspace: string): Promise<GoalJudge> {
  return remember(`goals/${workspace}`, async () => {
    const all = goalsOf(workspace)
    const expected = new Map<string, Observation | undefined>()
    for (const goal of all) expected.set(goal.id, observeCopy(await clusterAtGoal(workspace, goal), [goal])[0])
    return (cluster: Cluster, among: readonly string[]) => {
      const asked = all.filter(({ id }) => among.includes(id))
      const seen = observeCopy(cluster, asked)
      const met = ({ id }: GoalDefinition, i: number) => {
        const [wanted, yours] = [expected.get(id), seen[i]]
        return wanted !== undefined && yours !== undefined && isMet(wanted, yours)
      }
      return asked.filter(met).map(({ id }) => id)
    }
  })
}

/** The lesson's cluster after the goal's script. */
async function clusterAtGoal(workspace: string, { id, reach }: GoalDefinition): Promise<Cluster> {
  const spec = workspaceSpec(workspace, '')
  if (spec === undefined) throw new Error(`no workspace ${workspace}`)
  const cluster = prepareCluster(spec, { seed: `goal/${workspace}/${id}`, startTime: REFERENCE_TIME })
  await runScript(cluster, spec, reach)
  return cluster
}
