'use client'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import type { QuestionAnswer, QuizView } from '../../curriculum/types.ts'
import type { NextStep } from '../lesson/next-step.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import { Question } from './question.tsx'
import { type Answered, begin, type QuizActions, retry, type Sitting } from './quiz-state.ts'
import { Result } from './result.tsx'

interface QuizPlayerProps {
  readonly quiz: QuizView
  readonly answers: Sitting['answers']
  readonly lesson: string
  /** What the track has after this quiz. */
  readonly next: NextStep | undefined
  readonly actions: QuizActions
}

/** One question at a time, each explained as soon as it is answered, then the result. */
export function QuizPlayer({ quiz, answers, lesson, next, actions }: QuizPlayerProps) {
  const t = useTranslations('quiz')
  const [sitting, setSitting] = useState(() => begin(quiz, answers))
  const top = useRef<HTMLDivElement>(null)
  const { questions, at } = sitting
  // As the page has it now: an author may have saved another wording since this sitting began.
  const question = quiz.questions.find(({ id }) => id === questions[at]?.id) ?? questions[at]
  const go = (next: Sitting) => {
    setSitting(next)
    top.current?.focus({ preventScroll: true })
    top.current?.scrollIntoView({ block: 'nearest' })
  }
  const keep = (id: string, answered: Answered) =>
    setSitting((now) => ({ ...now, answers: { ...now.answers, [id]: answered } }))
  const send = async (answer: QuestionAnswer) => {
    if (!question) return
    keep(question.id, { answer, verdict: await actions.answer(quiz.slug, question.id, answer) })
  }
  return (
    <div ref={top} tabIndex={-1} className="scroll-mt-24 outline-none">
      <Steps sitting={sitting} onGo={(to) => go({ ...sitting, at: to })} />
      {question ? (
        <>
          <Question key={question.id} question={question} answered={sitting.answers[question.id]} onAnswer={send} />
          <div className="mt-8 flex items-center justify-between gap-3">
            <Button tone="quiet" disabled={at === 0} onClick={() => go({ ...sitting, at: at - 1 })}>
              {t('previous')}
            </Button>
            <Button
              tone={sitting.answers[question.id] ? 'primary' : 'quiet'}
              onClick={() => go({ ...sitting, at: at + 1 })}
            >
              {at + 1 < questions.length ? t('next') : t('summary')}
              <Icon name="right" />
            </Button>
          </div>
        </>
      ) : (
        <Result
          sitting={sitting}
          lesson={lesson}
          next={next}
          onGo={(to) => go({ ...sitting, at: to })}
          onRetry={(which) => go(retry(quiz, sitting, which))}
        />
      )}
    </div>
  )
}

function Steps({ sitting, onGo }: { readonly sitting: Sitting; readonly onGo: (to: number) => void }) {
  const t = useTranslations('quiz')
  const total = sitting.questions.length
  return (
    <nav aria-label={t('questionList')} className="mb-8">
      <ol className="flex flex-wrap gap-1.5">
        {sitting.questions.map((question, i) => {
          const correct = sitting.answers[question.id]?.verdict.correct
          const look =
            correct === undefined
              ? 'border-line-strong text-ink-soft'
              : correct
                ? 'border-good bg-good-wash text-good'
                : 'border-bad bg-bad-wash text-bad'
          return (
            <li key={question.id}>
              <button
                type="button"
                aria-current={i === sitting.at ? 'step' : undefined}
                aria-label={`${t('progress', { current: i + 1, total })}${correct === undefined ? '' : `, ${correct ? t('right') : t('wrong')}`}`}
                onClick={() => onGo(i)}
                className={`relative grid size-9 place-items-center rounded-lg border text-sm font-medium tabular-nums aria-[current=step]:ring-2 aria-[current=step]:ring-accent ${look}`}
              >
                {i + 1}
                {correct !== undefined && (
                  <Icon
                    name={correct ? 'check' : 'cross'}
                    strokeWidth="2.4"
                    className="absolute -top-1 -right-1 size-3.5 rounded-full bg-paper"
                  />
                )}
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
