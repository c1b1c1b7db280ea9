/** Proofs of an exercise: untouched gives nothing, each right way everything, each mistake fails on what it names. */
import { exerciseFolder, exerciseScript } from './exercises.ts'
import { filesIn } from './files.ts'
import { gradeExercise, runScript } from './grade.ts'
import type { GradeReport } from './types.ts'
import { prepareCluster, workspaceSpec } from './workspaces.ts'

/** The attempts that every script is proved in. */
export const PROOF_SEEDS = ['one', 'two', 'three'] as const
const START = Date.UTC(2026, 2, 1, 9)

/** A script of an exercise and what must come of it; without a name, nothing is done at all. */
export interface Claim {
  readonly script: string | undefined
  readonly must: 'nothing' | 'everything' | 'fail'
}

/** What came of a claim in one attempt. */
export interface Proof {
  readonly seed: string
  readonly report: GradeReport
  /** Ids of the criteria that failed, and of those that had to. */
  readonly failed: readonly string[]
  readonly named: readonly string[]
  readonly printed: string
  readonly holds: boolean
}

/** Everything that must hold of an exercise, in the order in which an author thinks of it. */
export function claimsOf(slug: string): readonly Claim[] {
  const scripts = (kind: 'alternatives' | 'mistakes') =>
    [...filesIn(`${exerciseFolder(slug)}/${kind}`).keys()].map((name) => `${kind}/${name}`)
  return [
    { script: undefined, must: 'nothing' },
    { script: 'solution.sh', must: 'everything' },
    ...scripts('alternatives').map((script) => ({ script, must: 'everything' }) as const),
    ...scripts('mistakes').map((script) => ({ script, must: 'fail' }) as const),
  ]
}

/** Runs the claim's script on a fresh cluster of the attempt and grades it. Throws for a slug that names no exercise. */
export async function prove(slug: string, { script, must }: Claim, seed: string): Promise<Proof> {
  const spec = workspaceSpec(`exercise:${slug}`, seed)
  const text = script === undefined ? '' : exerciseScript(slug, script, seed)
  if (spec === undefined || text === undefined) throw new Error(`exercise ${slug} has no ${script}`)
  const cluster = prepareCluster(spec, { seed: `learner/${seed}`, startTime: START })
  const printed = script === undefined ? '' : await runScript(cluster, spec, text)
  const report = await gradeExercise(slug, seed, cluster)
  const idsWhere = (passed: boolean) => report.criteria.filter((c) => c.passed === passed).map((c) => c.id)
  const failed = idsWhere(false)
  const all = report.criteria.map((c) => c.id)
  const named = must === 'nothing' ? all : must === 'everything' ? [] : all.filter((id) => failsOf(text)?.includes(id))
  return { seed, report, failed, named, printed, holds: failed.join() === named.join() }
}

/** The ids that a mistake's first line names; undefined if it does not. */
export const failsOf = (script: string): readonly string[] | undefined =>
  /^# fails: *(\S.*)/.exec(script)?.[1]?.trim().split(/\s+/)
