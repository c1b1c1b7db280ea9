'use client'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId, useSyncExternalStore } from 'react'
import { Icon } from '../ui/icons.tsx'
import { readGuess, rememberGuess, subscribeGuesses } from './guesses.ts'

interface PredictProps {
  readonly question: string
  readonly options: readonly string[]
  readonly answer: number
  readonly children: ReactNode
}

/** Asks before it shows. Not graded; the guess is kept in this browser. Without JavaScript the explanation just stands. */
export function Predict({ question, options, answer, children }: PredictProps) {
  const t = useTranslations('lesson')
  const id = useId()
  const guess = useSyncExternalStore(
    subscribeGuesses,
    () => readGuess(question, options.length),
    () => undefined,
  )
  const right = guess === answer
  return (
    <section aria-labelledby={id} className="my-7 rounded-xl border border-line bg-accent-wash/60 p-5">
      <p className="text-[0.8125rem] font-semibold text-accent">{t('predict')}</p>
      <p id={id} className="mt-1 font-medium">
        {question}
      </p>
      <div className="mt-3 flex flex-col gap-2">
        {options.map((option, i) => (
          <button
            key={option}
            type="button"
            aria-pressed={guess === i}
            onClick={() => rememberGuess(question, i)}
            className={`flex items-center justify-between gap-3 rounded-lg border bg-raised px-4 py-2 text-left text-base leading-6 ${markOf(i, guess, answer)}`}
          >
            {option}
            {guess !== undefined && (i === answer || i === guess) && (
              <Icon
                name={i === answer ? 'check' : 'cross'}
                className={`size-4 ${i === answer ? 'text-good' : 'text-bad'}`}
                strokeWidth="2"
              />
            )}
          </button>
        ))}
      </div>
      <div role="status">
        {guess !== undefined && (
          <p className={`mt-4 font-semibold ${right ? 'text-good' : 'text-bad'}`}>
            {right ? t('predictRight') : t('predictWrong')}
          </p>
        )}
      </div>
      <div className="predict-answer mt-1" data-closed={guess === undefined || undefined}>
        {children}
      </div>
    </section>
  )
}

function markOf(option: number, guess: number | undefined, answer: number): string {
  if (guess === undefined) return 'border-line-strong hover:border-accent'
  if (option === answer) return 'border-good'
  return option === guess ? 'border-bad' : 'border-line text-ink-soft'
}
