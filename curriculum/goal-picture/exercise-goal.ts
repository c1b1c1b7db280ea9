/** The goal of an exercise with an attempt's values, drawn from the runs of its solution and its other ways. */
import { type Cluster, restoreCluster } from '../../emulator/index.ts'
import { exerciseDefinition, exerciseFolder, exerciseScript, exerciseValues } from '../exercises.ts'
import { filesIn } from '../files.ts'
import { REFERENCE_TIME, runScript } from '../grade.ts'
import { remember } from '../remember.ts'
import type { WorkspaceSpec } from '../types.ts'
import { substitute } from '../variables.ts'
import { prepareCluster, workspaceSpec } from '../workspaces.ts'
import { type Goal, goalOf } from './goal.ts'
import { type Picture, readPicture } from './picture.ts'
import { saidIn } from './said.ts'

/**
 * The goal that a picture can show, kept per exercise and values; undefined where the picture stays as it is (an answer
 * in a file, say). Throws for a slug that names no exercise.
 */
export function exerciseGoal(slug: string, seed: string): Promise<Goal | undefined> {
  return remember(`goal-picture/${slug}/${JSON.stringify(exerciseValues(slug, seed))}`, () => drawGoal(slug, seed))
}

async function drawGoal(slug: string, seed: string): Promise<Goal | undefined> {
  const spec = workspaceSpec(`exercise:${slug}`, seed)
  if (spec === undefined) throw new Error(`no exercise ${slug}`)
  const prepared = prepareCluster(spec, { seed: `reference/${slug}`, startTime: REFERENCE_TIME })
  const start = readPicture(prepared)
  const snapshot = prepared.snapshot()
  const solve = async (script: string): Promise<Picture> => {
    await othersTurn()
    const cluster: Cluster = restoreCluster(snapshot)
    await runScript(cluster, spec, exerciseScript(slug, script, seed) ?? '')
    return readPicture(cluster)
  }
  const solution = await solve('solution.sh')
  const others: Picture[] = []
  for (const name of filesIn(`${exerciseFolder(slug)}/alternatives`).keys())
    others.push(await solve(`alternatives/${name}`))
  return goalOf({ start, solved: [solution, ...others], said: saidIn(toldBy(slug, seed)), own: ownNamespace(spec) })
}

/** kube-system, and what was installed from elsewhere rather than made by the exercise. */
const ownNamespace =
  ({ install = [], manifests }: WorkspaceSpec) =>
  (namespace: string): boolean =>
    namespace === 'kube-system' ||
    (install.length > 0 && namespace !== 'default' && !manifests.some((text) => text.includes(`: ${namespace}`)))

/** Lets whatever else waits for this process go first. */
const othersTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** All that the page says of the task before anything is asked: its text and its criteria, in both languages. */
function toldBy(slug: string, seed: string): string {
  const files = filesIn(exerciseFolder(slug) ?? '')
  const tasks = [...files].filter(([name]) => name.startsWith('task.')).map(([, text]) => text)
  const criteria = (exerciseDefinition(slug)?.checks ?? []).flatMap(({ title }) => [title.ko, title.en])
  return substitute([...tasks, ...criteria].join('\n'), exerciseValues(slug, seed))
}
