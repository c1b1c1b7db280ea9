import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'

export type Language = 'ko' | 'en'
type Words = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The interface texts, so that a journey finds buttons by the name the learner reads. */
export const words = (language: Language): Words =>
  JSON.parse(readFileSync(`content/ui/${language}.json`, 'utf8')) as Words

interface Question {
  readonly id: string
  readonly kind: 'single' | 'multiple' | 'ordering' | 'short' | 'output'
  readonly prompt: Readonly<Record<Language, string>>
  readonly options?: readonly {
    readonly id: string
    readonly text: string | Readonly<Record<Language, string>>
    readonly correct?: boolean
  }[]
  readonly items?: readonly { readonly text: string | Readonly<Record<Language, string>> }[]
  readonly accept?: readonly string[]
}

/** A quiz as its authors wrote it: what a learner who knows everything would answer. */
export const quiz = (slug: string): { readonly questions: readonly Question[] } =>
  load(readFileSync(`content/quizzes/${slug}.yaml`, 'utf8')) as { questions: Question[] }

export const textIn = (language: Language, text: string | number | Readonly<Record<Language, string>>): string =>
  typeof text === 'object' ? text[language] : String(text)
