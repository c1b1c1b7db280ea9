/** Every goal is proved: out of reach where the lesson starts, reached once its script ran. */
import { describe, expect, it } from 'vitest'
import { goalJudge, goalsOf } from './goals.ts'
import { runScript } from './grade.ts'
import { lessonSlugs } from './lessons.ts'
import { prepareCluster, workspaceSpec } from './workspaces.ts'

describe.each(lessonSlugs())('goals of lesson %s', (slug) => {
  const workspace = `lesson:${slug}`
  const goals = goalsOf(workspace)
  const ids = goals.map(({ id }) => id)
  const begin = () => {
    const spec = workspaceSpec(workspace, 'test')
    if (spec === undefined) throw new Error(`no lesson ${slug}`)
    return { spec, cluster: prepareCluster(spec, { seed: 'learner', startTime: Date.UTC(2026, 2, 1, 9) }) }
  }

  it('are one to three, and none is reached from the start', async () => {
    expect(goals.length).toBeGreaterThanOrEqual(1)
    expect(goals.length).toBeLessThanOrEqual(3)
    const judge = await goalJudge(workspace)
    expect(judge(begin().cluster, ids)).toEqual([])
  })

  it.each(goals)('reaches $id by its script, and not without its last line', async ({ id, reach }) => {
    const judge = await goalJudge(workspace)
    const lines = reach.trim().split('\n')
    const [almost, all] = [begin(), begin()]
    await runScript(almost.cluster, almost.spec, lines.slice(0, -1).join('\n'))
    expect(judge(almost.cluster, [id])).toEqual([])
    const printed = await runScript(all.cluster, all.spec, reach)
    expect(printed).not.toMatch(/error/i)
    expect(judge(all.cluster, [id])).toEqual([id])
    expect(judge(all.cluster, [])).toEqual([])
  })
})
