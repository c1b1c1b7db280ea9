/** The exercises of content/exercises/<topic>/<slug>/. Slugs are unique over all topics. */
import path from 'node:path'
import { ContentError } from './content-error.ts'
import { contentPath, filesIn, foldersIn, relativeToProject } from './files.ts'
import { lessonDefinition, lessonSlugs } from './lessons.ts'
import { type CompiledMdx, compileMdx, noFrontmatter } from './mdx.ts'
import { remember } from './remember.ts'
import { type ExerciseDefinition, exerciseSchema } from './schemas.ts'
import type { ExerciseMeta, Locale } from './types.ts'
import { drawValues, substitute, type Values } from './variables.ts'
import { readYaml } from './yaml-source.ts'

/** Slug → folder, topics in order, then slugs. */
function exerciseFolders(): ReadonlyMap<string, string> {
  return remember('exercise-folders', () => {
    const topics = foldersIn(contentPath('exercises'))
    const folders = topics.flatMap((topic) =>
      foldersIn(contentPath('exercises', topic)).map((slug) => [slug, contentPath('exercises', topic, slug)] as const),
    )
    const twice = folders.find(([slug], i) => folders.findIndex(([other]) => other === slug) !== i)
    if (twice)
      throw new ContentError(
        `${relativeToProject(twice[1])}/exercise.yaml`,
        1,
        'another topic has an exercise of this name',
      )
    return new Map(folders)
  })
}

export const exerciseSlugs = (): readonly string[] => [...exerciseFolders().keys()]

/** Absolute path of the exercise's folder. */
export const exerciseFolder = (slug: string): string | undefined => exerciseFolders().get(slug)

/** exercise.yaml, or undefined if there is no such exercise. Throws ContentError. */
export function exerciseDefinition(slug: string): ExerciseDefinition | undefined {
  const folder = exerciseFolder(slug)
  return folder === undefined
    ? undefined
    : remember(`exercise.yaml/${slug}`, () => readYaml(`${folder}/exercise.yaml`, exerciseSchema))
}

/** The attempt's values. */
export function exerciseValues(slug: string, seed: string): Values {
  return drawValues(exerciseDefinition(slug)?.variables ?? {}, `${slug}/${seed}`)
}

/** A script of the exercise (`solution.sh`) with the attempt's values; undefined if it has none of that name. */
export function exerciseScript(slug: string, name: string, seed: string): string | undefined {
  const folder = exerciseFolder(slug)
  if (folder === undefined) return undefined
  const source = filesIn(path.dirname(`${folder}/${name}`)).get(path.basename(name))
  return source === undefined ? undefined : substitute(source, exerciseValues(slug, seed))
}

/** All exercises in course order, those of no lesson last, without their texts. */
export async function listExercises(): Promise<readonly ExerciseMeta[]> {
  const course = lessonSlugs().flatMap((lesson) => lessonDefinition(lesson)?.exercises ?? [])
  return [...new Set([...course, ...exerciseSlugs()])].flatMap((slug) => exerciseMeta(slug) ?? [])
}

/** What lists and headings show of one exercise. */
export function exerciseMeta(slug: string): ExerciseMeta | undefined {
  const definition = exerciseDefinition(slug)
  const folder = exerciseFolder(slug)
  if (definition === undefined || folder === undefined) return undefined
  const { title, minutes, difficulty, domains, checks } = definition
  return {
    slug,
    topic: path.basename(path.dirname(folder)),
    title,
    minutes,
    difficulty,
    domains,
    points: checks.reduce((sum, check) => sum + check.points, 0),
    criteria: checks.map(({ id, title, points }) => ({ id, title, points })),
    hints: 2,
  }
}

/** The task text with the attempt's values, compiled. */
export async function loadExerciseTask(
  slug: string,
  locale: Locale,
  seed: string,
): Promise<{ readonly meta: ExerciseMeta; readonly taskCode: string } | undefined> {
  const meta = exerciseMeta(slug)
  if (meta === undefined) return undefined
  return { meta, taskCode: await compileText(slug, `task.${locale}.mdx`, seed) }
}

/** What is shown after a full pass: the solution and why it is one. Compiled code. */
export async function loadExplanation(slug: string, locale: Locale, seed: string): Promise<string | undefined> {
  return exerciseMeta(slug) === undefined ? undefined : compileText(slug, `explain.${locale}.mdx`, seed)
}

/** A hint with the attempt's values. */
export function exerciseHint(slug: string, tier: 1 | 2, locale: Locale, seed: string): string | undefined {
  const hint = exerciseDefinition(slug)?.hints[tier - 1]
  return hint === undefined ? undefined : substitute(hint[locale], exerciseValues(slug, seed))
}

/** Compiled code of a text. */
async function compileText(slug: string, name: TextName, seed: string): Promise<string> {
  return (await loadExerciseText(slug, name, seed)).code
}

type TextName = `${'task' | 'explain'}.${Locale}.mdx`

/** A text of the exercise with the attempt's values, and what it is made of. Throws ContentError. */
export async function loadExerciseText(slug: string, name: TextName, seed: string): Promise<CompiledMdx<object>> {
  const folder = exerciseFolder(slug) ?? ''
  const file = relativeToProject(`${folder}/${name}`)
  const source = filesIn(folder).get(name)
  if (source === undefined) throw new ContentError(file, 1, 'this text is missing')
  const values = exerciseValues(slug, seed)
  return remember(`text/${file}/${JSON.stringify(values)}`, async () => {
    const text = await compileMdx(substitute(source, values), file, noFrontmatter)
    if (text.goals[0] !== undefined) throw new ContentError(file, text.goals[0].line, 'only lessons have a <Goal>')
    return text
  })
}
