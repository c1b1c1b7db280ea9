/** Every exercise is proved: untouched gives nothing, each right way everything, each mistake fails on what it names. */
import { describe, expect, it } from 'vitest'
import { exerciseFolder, exerciseScript, exerciseSlugs } from './exercises.ts'
import { filesIn } from './files.ts'
import { gradeExercise, runScript } from './grade.ts'
import { prepareCluster, workspaceSpec } from './workspaces.ts'

const seeds = ['one', 'two', 'three']
const START = Date.UTC(2026, 2, 1, 9)

async function attempt(slug: string, seed: string, script?: string) {
  const spec = workspaceSpec(`exercise:${slug}`, seed)
  if (spec === undefined) throw new Error(`no workspace for ${slug}`)
  const cluster = prepareCluster(spec, { seed: `learner/${seed}`, startTime: START })
  const printed = script === undefined ? '' : await runScript(cluster, spec, script)
  const report = await gradeExercise(slug, seed, cluster)
  return { report, printed, failed: report.criteria.filter((c) => !c.passed).map((c) => c.id) }
}

const scripts = (slug: string, kind: 'alternatives' | 'mistakes') =>
  [...filesIn(`${exerciseFolder(slug)}/${kind}`).keys()].map((name) => `${kind}/${name}`)

describe.each(exerciseSlugs())('exercise %s', (slug) => {
  const alternatives = scripts(slug, 'alternatives')
  const mistakes = scripts(slug, 'mistakes')

  it('has at least three alternatives and three mistakes', () => {
    expect(alternatives.length).toBeGreaterThanOrEqual(3)
    expect(mistakes.length).toBeGreaterThanOrEqual(3)
  })

  it.each(seeds)('gives nothing for an untouched cluster (seed %s)', async (seed) => {
    const { report } = await attempt(slug, seed)
    expect(report.criteria.filter((c) => c.earned > 0)).toEqual([])
  })

  it.each(['solution.sh', ...alternatives].flatMap((name) => seeds.map((seed) => [name, seed] as const)))(
    'gives full points for %s (seed %s)',
    async (name, seed) => {
      const { report, printed, failed } = await attempt(slug, seed, exerciseScript(slug, name, seed))
      expect({ failed, printed: failed.length ? printed : '' }).toEqual({ failed: [], printed: '' })
      expect(report.points).toBe(report.outOf)
    },
  )

  it.each(mistakes.flatMap((name) => seeds.map((seed) => [name, seed] as const)))(
    'fails %s on what it names (seed %s)',
    async (name, seed) => {
      const script = exerciseScript(slug, name, seed) ?? ''
      const named = /^# fails: (.+)$/m.exec(script)?.[1]?.split(' ') ?? []
      const { report, failed, printed } = await attempt(slug, seed, script)
      expect({ failed, printed: named.join() === failed.join() ? '' : printed }).toEqual({ failed: named, printed: '' })
      for (const criterion of report.criteria.filter((c) => !c.passed)) {
        expect(criterion.expected?.ko).not.toBe('')
        expect(criterion.yours).not.toEqual(criterion.expected)
        expect(criterion.why?.ko).not.toBe('')
        expect(criterion.why?.en).not.toBe('')
      }
    },
  )
})
