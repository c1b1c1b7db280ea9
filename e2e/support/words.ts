import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'

export type Language = 'ko' | 'en'
type Texts = { readonly [name: string]: string | Texts }

/**
 * `say('quiz.answer')`: the interface's text, so that a journey finds buttons by the name the learner reads. Values take
 * the place of its `{names}`.
 */
export function words(language: Language): (key: string, values?: Readonly<Record<string, string | number>>) => string {
  const texts: Texts = JSON.parse(readFileSync(`content/ui/${language}.json`, 'utf8'))
  return (key, values = {}) => {
    const text = key
      .split('.')
      .reduce<string | Texts | undefined>((part, name) => (typeof part === 'object' ? part[name] : undefined), texts)
    if (typeof text !== 'string') throw new Error(`content/ui/${language}.json has no ${key}`)
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
  }
}

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
