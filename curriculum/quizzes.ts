/** The quizzes of content/quizzes/: shown without answers, marked on the server. */
import { createHash } from 'node:crypto'
import type { DomainId } from './domains.ts'
import { contentPath, filesIn } from './files.ts'
import { runScript } from './grade.ts'
import { lessonSlugs } from './lessons.ts'
import { remember } from './remember.ts'
import { type QuestionDefinition, type QuizDefinition, quizSchema } from './schemas.ts'
import type { Locale, QuestionAnswer, QuestionVerdict, QuestionView, QuizMeta, QuizView } from './types.ts'
import { prepareCluster, workspaceSpec } from './workspaces.ts'
import { readYaml } from './yaml-source.ts'

/** Slugs of all quizzes. */
export const quizSlugs = (): readonly string[] =>
  [...filesIn(contentPath('quizzes')).keys()]
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))

/** The whole quiz with its answers; never sent to a page. Throws ContentError. */
export function quizDefinition(slug: string): QuizDefinition | undefined {
  if (!quizSlugs().includes(slug)) return undefined
  return remember(`quiz/${slug}`, () => readYaml(contentPath('quizzes', `${slug}.yaml`), quizSchema))
}

/** All quizzes in course order, without their questions. Throws ContentError. */
export async function listQuizzes(locale: Locale): Promise<readonly QuizMeta[]> {
  const lessons = lessonSlugs()
  return quizSlugs()
    .flatMap((slug) => {
      const quiz = quizDefinition(slug)
      if (quiz === undefined) return []
      const domains = [...new Set([...questionDomains(slug).values()].flat())]
      return [{ slug, title: quiz.title[locale], lesson: quiz.lesson, questions: quiz.questions.length, domains }]
    })
    .sort((a, b) => lessons.indexOf(a.lesson) - lessons.indexOf(b.lesson))
}

/** The exam domains of each question of a quiz, by the question's id; empty if there is no such quiz. */
export function questionDomains(slug: string): ReadonlyMap<string, readonly DomainId[]> {
  const quiz = quizDefinition(slug)
  return new Map(quiz?.questions.map(({ id, domains }) => [id, domains ?? quiz.domains]))
}

/** A quiz as the page gets it: nothing in it tells an answer, not even the order of its options. */
export async function loadQuiz(slug: string, locale: Locale): Promise<QuizView | undefined> {
  const quiz = quizDefinition(slug)
  if (quiz === undefined) return undefined
  return {
    slug,
    title: quiz.title[locale],
    questions: quiz.questions.map((question) => viewOf(slug, question, locale)),
  }
}

function viewOf(slug: string, question: QuestionDefinition, locale: Locale): QuestionView {
  const base = { id: question.id, prompt: question.prompt[locale], ...(question.code && { code: question.code }) }
  const mixed = <T extends { readonly id: string }>(items: readonly T[]) => shuffle(items, `${slug}/${question.id}`)
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return {
        ...base,
        kind: question.kind,
        options: mixed(question.options).map(({ id, text }) => ({ id, text: text[locale] })),
      }
    case 'output':
      return { ...base, kind: 'output', options: mixed(question.options).map(({ id, text }) => ({ id, text })) }
    case 'ordering':
      return {
        ...base,
        kind: 'ordering',
        items: mixed(question.items).map(({ id, text }) => ({ id, text: text[locale] })),
      }
    case 'mistake':
      return { ...base, kind: 'mistake', code: question.code }
    case 'short':
      return {
        ...base,
        kind: 'short',
        ...(question.placeholder !== undefined && { placeholder: question.placeholder }),
      }
  }
}

/** Marks one answer. Throws for a quiz or question that does not exist. */
export async function markAnswer(
  slug: string,
  questionId: string,
  answer: QuestionAnswer,
  locale: Locale,
): Promise<QuestionVerdict> {
  const question = quizDefinition(slug)?.questions.find((q) => q.id === questionId)
  if (question === undefined) throw new Error(`no question ${questionId} in quiz ${slug}`)
  const right = await rightAnswer(question)
  const explanation = question.explanation[locale]
  const options =
    'options' in question ? { options: question.options.map(({ id, why }) => ({ id, why: why[locale] })) } : {}
  return { correct: isRight(question, answer, right), answer: right, explanation, ...options }
}

function isRight(question: QuestionDefinition, answer: QuestionAnswer, right: readonly string[]): boolean {
  if (question.kind === 'short') return right.some((accepted) => fold(accepted) === fold(answer[0] ?? ''))
  if (question.kind === 'ordering') return sameList(answer, right)
  return sameList([...new Set(answer)].sort(), [...right].sort())
}

/** Ids of the right options, the items in order, the line, or the accepted texts. */
async function rightAnswer(question: QuestionDefinition): Promise<readonly string[]> {
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return question.options.filter((option) => option.correct).map((option) => option.id)
    case 'ordering':
      return question.items.map((item) => item.id)
    case 'mistake':
      return [String(question.line)]
    case 'short':
      return question.accept
    case 'output':
      return printedOptions(question)
  }
}

type OutputQuestion = Extract<QuestionDefinition, { kind: 'output' }>

/**
 * Ids of the options that say what the command prints. Rejects, and keeps nothing, where none does: content's tests want
 * one, so it would be a fault of ours, and nobody is marked wrong for it.
 */
export function printedOptions(question: OutputQuestion): Promise<readonly string[]> {
  const { id, lesson, before, run, options } = question
  return remember(`printed/${JSON.stringify([lesson, before, run, options.map(({ text }) => text)])}`, async () => {
    const printed = await printedBy(question)
    const right = optionsSaying(question, printed)
    if (right.length === 0) throw new Error(`question ${id}: no option says ${JSON.stringify(printed)}`)
    return right
  })
}

/** Ids of the options that say the same as `printed`, blanks aside. */
export const optionsSaying = ({ options }: OutputQuestion, printed: string): readonly string[] =>
  options.filter(({ text }) => foldLines(text) === foldLines(printed)).map(({ id }) => id)

/** What the question's command prints in the emulator, on the lesson's own fresh cluster. */
export async function printedBy({ lesson, before, run }: OutputQuestion): Promise<string> {
  const spec = workspaceSpec(`lesson:${lesson}`, 'quiz')
  if (spec === undefined) throw new Error(`no lesson ${lesson}`)
  const cluster = prepareCluster(spec, { seed: 'quiz', startTime: Date.UTC(2026, 0, 1) })
  for (const line of before) await runScript(cluster, spec, line)
  return runScript(cluster, spec, run)
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, i) => item === b[i])
const fold = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ')
const foldLines = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .join('\n')

/** The same shuffle each time, so that a page shown twice looks the same. */
function shuffle<T extends { readonly id: string }>(items: readonly T[], key: string): readonly T[] {
  const rank = (item: T): string => createHash('sha256').update(`${key}/${item.id}`).digest('hex')
  return [...items].sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
}
