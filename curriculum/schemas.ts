/** What each file of content/ must look like. */
import { z } from 'zod'
import { checkSchema, goalSchema } from './checks/index.ts'
import { DOMAIN_IDS } from './domains.ts'
import { faultSchema } from './faults.ts'
import { variableSchema } from './variables.ts'

const bothLanguages = z.strictObject({ ko: z.string().min(1), en: z.string().min(1) })
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

const slug = z.string().regex(/^[a-z0-9-]+$/)

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

/** lesson.yaml: what does not depend on the language. */
export const lessonSchema = z.strictObject({
  minutes: z.number().int().positive(),
  domains,
  exercises: z.array(z.string()).default([]),
  quiz: z.string().optional(),
  workspace: z.strictObject(workspace),
  goals: z
    .array(goalSchema)
    .refine((all) => new Set(all.map((goal) => goal.id)).size === all.length, 'goal ids must differ')
    .default([]),
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
  checks: z.array(checkSchema).min(1),
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
const option = z.strictObject({ id: slug, text, correct: z.boolean().default(false), why: bothLanguages })

const oneRight = (options: readonly { readonly correct: boolean }[]) => options.filter((o) => o.correct).length === 1

export const questionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...question,
    kind: z.literal('single'),
    options: z.array(option).min(2).refine(oneRight, 'exactly one option must be correct'),
  }),
  z.strictObject({
    ...question,
    kind: z.literal('multiple'),
    options: z
      .array(option)
      .min(3)
      .refine((o) => o.some((x) => x.correct), 'at least one option must be correct'),
  }),
  /** Items stand in the right order; the page gets them shuffled. */
  z.strictObject({
    ...question,
    kind: z.literal('ordering'),
    items: z.array(z.strictObject({ id: slug, text })).min(3),
  }),
  /** Compared without case, surrounding blanks and doubled blanks. */
  z.strictObject({
    ...question,
    kind: z.literal('short'),
    accept: z.array(z.string()).min(1),
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
    options: z.array(z.strictObject({ id: slug, text: z.string(), why: bothLanguages })).min(2),
  }),
])
export type QuestionDefinition = z.infer<typeof questionSchema>

/** content/quizzes/<slug>.yaml. */
export const quizSchema = z.strictObject({
  title: bothLanguages,
  lesson: slug,
  domains,
  questions: z
    .array(questionSchema)
    .min(1)
    .refine((all) => new Set(all.map((q) => q.id)).size === all.length, 'question ids must differ')
    .refine(
      (all) => all.every((q) => q.kind !== 'mistake' || q.line <= q.code.text.split('\n').length),
      'the line of a mistake must be one of its code',
    ),
})
export type QuizDefinition = z.infer<typeof quizSchema>
