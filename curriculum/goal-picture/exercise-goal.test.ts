/** The goal of every exercise, in clusters of other learners than those that it was drawn from. */
import { describe, expect, it } from 'vitest'
import { exerciseFolder, exerciseScript, exerciseSlugs } from '../exercises.ts'
import { filesIn } from '../files.ts'
import { runScript } from '../grade.ts'
import { prepareCluster, workspaceSpec } from '../workspaces.ts'
import { compareWithGoal } from './compare.ts'
import { exerciseGoal } from './exercise-goal.ts'
import { readPicture } from './picture.ts'

const SEED = 'goal'
const START = Date.UTC(2026, 2, 1, 9)

async function leftAfter(slug: string, script?: string): Promise<unknown> {
  const spec = workspaceSpec(`exercise:${slug}`, SEED)
  const goal = await exerciseGoal(slug, SEED)
  if (spec === undefined || goal === undefined) throw new Error(`no goal picture of ${slug}`)
  const cluster = prepareCluster(spec, { seed: 'learner', startTime: START })
  if (script !== undefined) await runScript(cluster, spec, exerciseScript(slug, script, SEED) ?? '')
  const { left, things, lines } = compareWithGoal(goal, readPicture(cluster))
  if (left === 0) return 0
  const open = things
    .filter(({ state }) => state !== 'met' && state !== 'gone')
    .map(({ id, state }) => `${id} ${state}`)
  return [...open, ...lines.filter(({ marked }) => marked).map(({ from, to }) => `${from} > ${to}`)]
}

describe.each(exerciseSlugs())('the goal of %s', (slug) => {
  it('is not reached untouched, but by its solution and by another way', async () => {
    if ((await exerciseGoal(slug, SEED)) === undefined) return
    expect(await leftAfter(slug)).not.toBe(0)
    const other = [...filesIn(`${exerciseFolder(slug)}/alternatives`).keys()].at(-1)
    for (const way of ['solution.sh', `alternatives/${other}`])
      expect({ way, left: await leftAfter(slug, way) }).toEqual({ way, left: 0 })
  })
})

describe('goals that show in a picture', () => {
  it('are those of most exercises, and not of those that ask for files', async () => {
    expect(await exerciseGoal('look-ups-into-files', SEED)).toBeUndefined()
    const shown = await Promise.all(exerciseSlugs().map((slug) => exerciseGoal(slug, SEED)))
    expect(shown.filter((goal) => goal !== undefined).length).toBeGreaterThan(exerciseSlugs().length / 2)
  })
  it('do not tell a port that the task has its reader find', async () => {
    const goal = await exerciseGoal('port-and-target-port', SEED)
    const aspects = [...(goal?.facts.values() ?? [])]
      .filter(({ thing }) => thing.endsWith('-front'))
      .map(({ aspect }) => aspect)
    expect(aspects).toContain('nodePort')
    expect(aspects).not.toContain('target')
  })
})
