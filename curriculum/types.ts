/** What content becomes once loaded, and what grading gives. Plain data: pages and the seam pass it on as it is. */
import type { Trace } from '../emulator/index.ts'
import type { DomainId } from './domains.ts'
import type { FactRow } from './fact-diff.ts'
import type { Fault } from './faults.ts'

export type Locale = 'ko' | 'en'
/** A text in both languages. */
export type Localised = { readonly ko: string; readonly en: string }

export interface LessonMeta {
  readonly slug: string
  readonly title: string
  readonly summary: string
  readonly minutes: number
  readonly objectives: readonly string[]
  /** Exam domains it serves: `cka/services-networking`, … */
  readonly domains: readonly DomainId[]
  /** The study note it mirrors: `000`. */
  readonly note: string
  /** Slugs of its exercises and quiz, in order. */
  readonly exercises: readonly string[]
  readonly quiz?: string
}

export interface CheatSheetMeta {
  readonly slug: string
  readonly title: string
  readonly summary: string
  /** Slugs of the lessons at whose end it is offered. */
  readonly lessons: readonly string[]
  /** Manifests on the emulated internet that its commands count on. */
  readonly install: readonly string[]
}

/** How a workspace's cluster begins: the same for lessons and exercises. */
export interface WorkspaceSpec {
  readonly blueprint: string
  readonly machine: string
  readonly user: string
  /** Files in the learner's home (or absolute paths), before anything is typed. */
  readonly files: { readonly [path: string]: string }
  /** Manifests on the emulated internet that are applied, then settled, before all others. */
  readonly install?: readonly string[]
  /** Manifests applied, then settled, before the learner arrives. */
  readonly manifests: readonly string[]
  /** What is broken afterwards; a minute passes before the learner arrives. */
  readonly faults?: readonly Fault[]
}

export interface ExerciseMeta {
  readonly slug: string
  readonly topic: string
  readonly title: Localised
  readonly minutes: number
  readonly difficulty: 'easy' | 'medium' | 'hard'
  readonly domains: readonly DomainId[]
  readonly points: number
  readonly criteria: readonly { readonly id: string; readonly title: Localised; readonly points: number }[]
  readonly hints: 2
}

/** One criterion after grading. `yours`, `expected` and `why` are present when it failed. */
export interface CriterionResult {
  readonly id: string
  readonly title: Localised
  readonly points: number
  readonly earned: number
  readonly passed: boolean
  /** What was proved, when passed: "Three requests from the laptop reached the Pod." */
  readonly proof?: Localised
  readonly yours?: Localised
  readonly expected?: Localised
  readonly why?: Localised
  /** Yours and expected side by side, when both are known. */
  readonly rows?: readonly FactRow[]
  /** The probe's trace, for criteria judged by traffic, with the hop that decided. */
  readonly trace?: Trace & { readonly decides?: number }
}

export interface GradeReport {
  readonly points: number
  readonly outOf: number
  readonly criteria: readonly CriterionResult[]
}

/** What lists show of a quiz. */
export interface QuizMeta {
  readonly slug: string
  readonly title: string
  readonly lesson: string
  /** How many questions it has. */
  readonly questions: number
  /** Those of all its questions together. */
  readonly domains: readonly DomainId[]
}

/** A question as the page gets it: no answers in it. */
export type QuestionView = {
  readonly id: string
  readonly prompt: string
  readonly code?: { readonly language: string; readonly text: string }
} & (
  | {
      readonly kind: 'single' | 'multiple'
      readonly options: readonly { readonly id: string; readonly text: string }[]
    }
  | { readonly kind: 'ordering'; readonly items: readonly { readonly id: string; readonly text: string }[] }
  | { readonly kind: 'short'; readonly placeholder?: string }
  /** Its code is what to choose a line of. */
  | { readonly kind: 'mistake'; readonly code: { readonly language: string; readonly text: string } }
  | { readonly kind: 'output'; readonly options: readonly { readonly id: string; readonly text: string }[] }
)

/** What the learner sends: option ids (single, multiple, output), item ids in order, a line's number from 1, or text. */
export type QuestionAnswer = readonly string[]

export interface QuestionVerdict {
  readonly correct: boolean
  /** Right option ids, order, line, or accepted text. */
  readonly answer: readonly string[]
  readonly explanation: string
  /** Why each option is right or wrong. */
  readonly options?: readonly { readonly id: string; readonly why: string }[]
}

export interface QuizView {
  readonly slug: string
  readonly title: string
  readonly questions: readonly QuestionView[]
}
