/** What each file of content/ must look like. */
import { z } from 'zod'
import { checkSchema, goalSchema } from './checks/index.ts'
import { DOMAIN_IDS } from './domains.ts'
import { faultSchema } from './faults.ts'
import { variableSchema } from './variables.ts'

const words = z.string().regex(/\S/, 'is empty')
const bothLanguages = z.strictObject({ ko: words, en: words })
/** A text that both languages share may be written once. */
const text = z
  .union([z.string().min(1), z.number()])
  .transform((t) => ({ ko: String(t), en: String(t) }))
  .or(bothLanguages)
const domains = z
  .array(z.enum(DOMAIN_IDS))
  .min(1)
  .refine((all) => new Set(all).size === all.length, 'a domain is named once')
const workspace = {
  /** Addresses of manifests on the emulated internet, applied before `setup/`. */
  install: z.array(z.string().startsWith('https://')).default([]),
  faults: z.array(faultSchema).default([]),
  blueprint: z.string().default('default'),
  machine: z.enum(['laptop', 'controlplane', 'node01', 'node02']),
  user: z.enum(['learner', 'root']),
}

const slug = z.string().regex(/^[a-z0-9-]+$/, 'a slug has small letters, digits and hyphens only')

/** Refuses a second item that is `same` as one before it, at its own line. */
const distinct =
  <T>(same: (one: T) => string, at: readonly string[], sentence: (same: string) => string) =>
  (all: readonly T[], context: z.RefinementCtx): void => {
    const seen = all.map(same)
    for (const [i, one] of seen.entries())
      if (seen.indexOf(one) < i) context.addIssue({ code: 'custom', path: [i, ...at], message: sentence(one) })
  }
const distinctIds = distinct<{ readonly id: string }>(
  ({ id }) => id,
  ['id'],
  (id) => `another one has the id "${id}"`,
)

/** tracks.yaml: the course. */
export const tracksSchema = z
  .array(
    z.strictObject({
      slug,
      /** The study note that it mirrors. */
      note: z.string().regex(/^\d{3}$/),
      title: bothLanguages,
      summary: bothLanguages,
      lessons: z.array(slug).min(1),
    }),
  )
  .min(1)
export type TrackDefinition = z.infer<typeof tracksSchema>[number]

/** cheat-sheets.yaml: the sheets in order, each with the lessons at whose end it is offered. */
export const cheatSheetsSchema = z.array(
  z.strictObject({ slug, lessons: z.array(slug).min(1), install: workspace.install }),
)
export type CheatSheetDefinition = z.infer<typeof cheatSheetsSchema>[number]

/** Frontmatter of sheet.<locale>.mdx. */
export const cheatSheetFrontmatter = z.strictObject({ title: z.string().min(1), summary: z.string().min(1) })

/** lesson.yaml: what does not depend on the language. */
export const lessonSchema = z.strictObject({
  minutes: z.number().int().positive(),
  domains,
  exercises: z.array(z.string()).default([]),
  quiz: z.string().optional(),
  workspace: z.strictObject(workspace),
  goals: z.array(goalSchema).superRefine(distinctIds).default([]),
})

export type LessonDefinition = z.infer<typeof lessonSchema>

/** Frontmatter of lesson.<locale>.mdx. */
export const lessonFrontmatter = z.strictObject({
  title: z.string().min(1),
  summary: z.string().min(1),
  objectives: z.array(z.string().min(1)).min(1),
})

/** exercise.yaml. */
export const exerciseSchema = z.strictObject({
  title: bothLanguages,
  minutes: z.number().int().positive(),
  difficulty: z.enum(['easy', 'medium', 'hard']),
  domains,
  workspace: z.strictObject(workspace),
  variables: z.record(z.string().regex(/^\w+$/), variableSchema).default({}),
  checks: z.array(checkSchema).min(1).superRefine(distinctIds),
  hints: z.tuple([bothLanguages, bothLanguages]),
})
export type ExerciseDefinition = z.infer<typeof exerciseSchema>
export type CheckDefinition = ExerciseDefinition['checks'][number]

const code = z.strictObject({
  language: z.enum(['yaml', 'bash', 'console', 'json']),
  text: z.string().transform((text) => text.trimEnd()),
})
const question = {
  id: slug,
  /** The quiz's, unless this one serves others. */
  domains: domains.optional(),
  prompt: bothLanguages,
  explanation: bothLanguages,
  code: code.optional(),
}
const distinctTexts = distinct<{ readonly text: string | { readonly ko: string; readonly en: string } }>(
  ({ text }) => JSON.stringify(text),
  ['text'],
  () => 'another one reads the same',
)
const option = z.strictObject({ id: slug, text, correct: z.boolean().default(false), why: bothLanguages })

const oneRight = (options: readonly { readonly correct: boolean }[]) => options.filter((o) => o.correct).length === 1

export const questionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...question,
    kind: z.literal('single'),
    options: z
      .array(option)
      .min(2)
      .superRefine(distinctIds)
      .superRefine(distinctTexts)
      .refine(oneRight, 'exactly one option must be correct'),
  }),
  z.strictObject({
    ...question,
    kind: z.literal('multiple'),
    options: z
      .array(option)
      .min(3)
      .superRefine(distinctIds)
      .superRefine(distinctTexts)
      .refine((o) => o.some((x) => x.correct), 'at least one option must be correct'),
  }),
  /** Items stand in the right order; the page gets them shuffled. */
  z.strictObject({
    ...question,
    kind: z.literal('ordering'),
    items: z
      .array(z.strictObject({ id: slug, text }))
      .min(3)
      .superRefine(distinctIds)
      .superRefine(distinctTexts),
  }),
  /** Compared without case, surrounding blanks and doubled blanks. */
  z.strictObject({
    ...question,
    kind: z.literal('short'),
    accept: z.array(words).min(1),
    placeholder: z.string().optional(),
  }),
  /** Find the line at fault, counted from 1. */
  z.strictObject({
    ...question,
    kind: z.literal('mistake'),
    code,
    line: z.number().int().positive(),
  }),
  /** What will this print? The right option is the one that equals what the emulator prints. */
  z.strictObject({
    ...question,
    kind: z.literal('output'),
    lesson: slug,
    before: z.array(z.string()).default([]),
    run: z.string(),
    options: z
      .array(z.strictObject({ id: slug, text: z.string(), why: bothLanguages }))
      .min(2)
      .superRefine(distinctIds)
      .superRefine(distinctTexts),
  }),
])
export type QuestionDefinition = z.infer<typeof questionSchema>

/** The line of a mistake is one of its code, with something on it. */
function linesAtFault(all: readonly QuestionDefinition[], context: z.RefinementCtx): void {
  for (const [i, question] of all.entries()) {
    if (question.kind !== 'mistake' || question.code.text.split('\n')[question.line - 1]?.trim()) continue
    const message = `its code has nothing on line ${question.line}`
    context.addIssue({ code: 'custom', path: [i, 'line'], message })
  }
}

/** content/quizzes/<slug>.yaml. */
export const quizSchema = z.strictObject({
  title: bothLanguages,
  lesson: slug,
  domains,
  questions: z.array(questionSchema).min(1).superRefine(distinctIds).superRefine(linesAtFault),
})
export type QuizDefinition = z.infer<typeof quizSchema>
