/** How lessons and exercises begin: manifests are accepted, faults can be set, and every check can look at the cluster. */
import { YAMLException } from 'js-yaml'
import type { Cluster } from '../../emulator/index.ts'
import { ContentError } from '../content-error.ts'
import { exerciseDefinition, exerciseFolder, exerciseValues } from '../exercises.ts'
import { contentPath, filesIn, readText, relativeToProject } from '../files.ts'
import { observeCopy, REFERENCE_TIME } from '../grade.ts'
import { lessonDefinition } from '../lessons.ts'
import type { CheckDefinition } from '../schemas.ts'
import type { WorkspaceSpec } from '../types.ts'
import { substituteAll } from '../variables.ts'
import { prepareCluster, workspaceSpec } from '../workspaces.ts'
import { lineOf } from '../yaml-source.ts'
import { gather, gatherEach, messageOf, type Rule, whatever } from './gather.ts'

const SEED = 'mistakes'

interface Beginning {
  readonly folder: string
  /** lesson.yaml or exercise.yaml. */
  readonly yaml: string
  readonly spec: WorkspaceSpec
  /** The list in `yaml` that holds checks, and those checks with an attempt's values. */
  readonly list: 'checks' | 'goals'
  readonly checks: readonly Pick<CheckDefinition, 'check'>[]
}

export const workspaces: Rule = async ({ lessons, exercises }) => [
  ...(await gatherEach(lessons(), (slug) => ofLesson(slug))),
  ...(await gatherEach(exercises(), (slug) => ofExercise(slug))),
]

async function ofLesson(slug: string): Promise<readonly ContentError[]> {
  const lesson = await whatever(() => lessonDefinition(slug))
  const spec = lesson && workspaceSpec(`lesson:${slug}`, SEED)
  if (spec === undefined) return []
  const folder = contentPath('lessons', slug)
  return mistakesOf({ folder, yaml: `${folder}/lesson.yaml`, spec, list: 'goals', checks: lesson?.goals ?? [] })
}

async function ofExercise(slug: string): Promise<readonly ContentError[]> {
  const exercise = await whatever(() => exerciseDefinition(slug))
  const spec = exercise && workspaceSpec(`exercise:${slug}`, SEED)
  if (exercise === undefined || spec === undefined) return []
  const values = exerciseValues(slug, SEED)
  const checks = exercise.checks.map(({ check }) => ({ check: check.with((value) => substituteAll(value, values)) }))
  const folder = exerciseFolder(slug) ?? ''
  return mistakesOf({ folder, yaml: `${folder}/exercise.yaml`, spec, list: 'checks', checks })
}

function mistakesOf(beginning: Beginning): Promise<readonly ContentError[]> {
  return gather(() => {
    look(beginning, begin(beginning))
    return []
  })
}

const prepared = (spec: WorkspaceSpec, part: Partial<WorkspaceSpec> = {}): Cluster =>
  prepareCluster({ ...spec, ...part }, { seed: SEED, startTime: REFERENCE_TIME })

/** The cluster; where it cannot be had, each part is tried on top of those before it until one is at fault. */
function begin({ folder, yaml, spec }: Beginning): Cluster {
  try {
    return prepared(spec)
  } catch {
    const { install = [], manifests, faults = [] } = spec
    const bare = { install: [], manifests: [], faults: [], files: {} }
    attempt(yaml, ['workspace', 'blueprint'], () => prepared(spec, bare))
    for (const i of install.keys())
      attempt(yaml, ['workspace', 'install', i], () => prepared(spec, { ...bare, install: install.slice(0, i + 1) }))
    const names = [...filesIn(`${folder}/setup`).keys()]
    for (const [i, name] of names.entries())
      tryDocuments(`${folder}/setup/${name}`, manifests[i] ?? '', (text) =>
        prepared(spec, { ...bare, install, manifests: [...manifests.slice(0, i), text] }),
      )
    for (const i of faults.keys())
      attempt(yaml, ['workspace', 'faults', i], () => prepared(spec, { faults: faults.slice(0, i + 1) }))
    return prepared(spec)
  }
}

function attempt(yaml: string, path: readonly (string | number)[], work: () => void): void {
  try {
    work()
  } catch (error) {
    throw new ContentError(relativeToProject(yaml), lineOf(readText(yaml), path), messageOf(error))
  }
}

/** Applies the first document of a manifest, the first two, and so on: the one that is refused begins on the line named. */
function tryDocuments(file: string, manifest: string, apply: (text: string) => void): void {
  const lines = manifest.split('\n')
  const starts = [0, ...lines.flatMap((line, i) => (line.startsWith('---') ? [i + 1] : []))]
  for (const [n, start] of starts.entries())
    try {
      apply(lines.slice(0, starts[n + 1] ?? lines.length).join('\n'))
    } catch (error) {
      const line = error instanceof YAMLException ? (error.mark?.line ?? start) : start
      throw new ContentError(relativeToProject(file), line + 1, messageOf(error))
    }
}

/** Can the checks read this cluster? They name kinds and machines that the schema cannot know. */
function look({ yaml, list, checks }: Beginning, cluster: Cluster): void {
  try {
    observeCopy(cluster, checks)
  } catch (error) {
    for (const [i, check] of checks.entries()) attempt(yaml, [list, i], () => observeCopy(cluster, [check]))
    throw error
  }
}
