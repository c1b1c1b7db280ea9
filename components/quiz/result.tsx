'use client'
import { useTranslations } from 'next-intl'
import { Link } from '../../i18n/navigation.ts'
import { type NextStep, NextStepLink } from '../lesson/next-step.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import { InlineText } from '../ui/inline-text.tsx'
import { type Sitting, score } from './quiz-state.ts'

interface ResultProps {
  readonly sitting: Sitting
  readonly lesson: string
  readonly next: NextStep | undefined
  readonly onGo: (question: number) => void
  readonly onRetry: (which: 'all' | 'wrong') => void
}

/** How it went, question by question, and what to do about it. */
export function Result({ sitting, lesson, next, onGo, onRetry }: ResultProps) {
  const t = useTranslations('quiz')
  const { correct, total } = score(sitting)
  return (
    <section>
      <h2 className="text-xl font-semibold">{t('result', { correct, total })}</h2>
      <p className="mt-1 text-ink-soft">{correct === total ? t('resultAll') : t('resultSome')}</p>
      <ol aria-label={t('review')} className="mt-6 divide-y divide-line rounded-lg border border-line">
        {sitting.questions.map((question, i) => {
          const right = sitting.answers[question.id]?.verdict.correct
          return (
            <li key={question.id}>
              <button
                type="button"
                onClick={() => onGo(i)}
                className="flex w-full items-start gap-3 px-4 py-3 text-left hover:bg-surface"
              >
                <Icon
                  name={right === undefined ? 'dot' : right ? 'check' : 'cross'}
                  strokeWidth="2"
                  className={`mt-1 size-4 ${right === undefined ? 'text-ink-soft' : right ? 'text-good' : 'text-bad'}`}
                />
                <span className="min-w-0 flex-1">
                  <InlineText text={question.prompt} />
                  <span className="sr-only">
                    {' '}
                    {right === undefined ? t('unanswered') : right ? t('right') : t('wrong')}
                  </span>
                </span>
              </button>
            </li>
          )
        })}
      </ol>
      <div className="mt-6 flex flex-wrap gap-2">
        {correct === total && <NextStepLink next={next} />}
        {correct < total && (
          <Button tone="primary" onClick={() => onRetry('wrong')}>
            <Icon name="restart" />
            {t('retryWrong')}
          </Button>
        )}
        <Button onClick={() => onRetry('all')}>{t('retry')}</Button>
        <Link href={`/lessons/${lesson}`} className={buttonClass('quiet')}>
          {t('backToLesson')}
        </Link>
        {correct < total && <NextStepLink next={next} tone="quiet" />}
      </div>
    </section>
  )
}
