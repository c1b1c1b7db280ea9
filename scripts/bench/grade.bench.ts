/** Grading one exercise: a copy of the learner's cluster, its rest, requests, and the comparison. */
import { exerciseScript } from '../../curriculum/exercises.ts'
import { gradeExercise, runScript } from '../../curriculum/grade.ts'
import { prepareCluster, workspaceSpec } from '../../curriculum/workspaces.ts'
import type { Cluster } from '../../emulator/index.ts'
import type { Bench } from './bench.ts'

const SLUG = 'nodeport-for-a-pod'
const SEED = 'bench'

async function solvedCluster(): Promise<Cluster> {
  const spec = workspaceSpec(`exercise:${SLUG}`, SEED)
  if (spec === undefined) throw new Error(`no exercise ${SLUG}`)
  const cluster = prepareCluster(spec, { seed: SEED, startTime: Date.UTC(2026, 0, 1) })
  await runScript(cluster, spec, exerciseScript(SLUG, 'solution.sh', SEED) ?? '')
  return cluster
}

let solved: Promise<Cluster> | undefined

export const benches: readonly Bench[] = [
  {
    name: 'grade one exercise, with traffic',
    limit: 20,
    prepare: () => {
      solved ??= solvedCluster()
      return solved
    },
    run: (cluster: Cluster) => gradeExercise(SLUG, SEED, cluster),
  },
]
