'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import { InlineText } from '../ui/inline-text.tsx'
import type { AttemptView, ExerciseActions } from './attempt.ts'
import { Solution, SolutionDialog } from './solution.tsx'
import { useHints } from './use-hints.ts'

interface HintsProps {
  readonly attempt: AttemptView
  readonly actions: Pick<ExerciseActions, 'hint' | 'solution'>
}

/** Two hints, one after the other, then a solution, which asks first. */
export function Hints({ attempt, actions }: HintsProps) {
  const t = useTranslations('exercise')
  const [asking, setAsking] = useState(false)
  const { hints, solution, failed, reveal, showSolution } = useHints(attempt, actions)
  const next = hints.length === 0 ? 1 : hints.length === 1 ? 2 : undefined
  return (
    <section aria-label={t('hints')} className="mt-8 border-t border-line pt-5">
      {hints.map((text, i) => (
        <Hint key={text} title={i === 0 ? t('hint1') : t('hint2')} text={text} />
      ))}
      <div className="flex flex-wrap gap-2">
        {next && (
          <Button size="small" onClick={() => reveal(next)}>
            <Icon name="info" className="size-3.5" />
            {next === 1 ? t('hint1') : t('hint2')}
          </Button>
        )}
        {solution === undefined && (
          <Button size="small" tone="quiet" onClick={() => setAsking(true)}>
            {t('solution')}
          </Button>
        )}
      </div>
      {failed && (
        <p role="alert" className="mt-2 text-bad">
          {t('failedAction')}
        </p>
      )}
      {solution !== undefined && <Solution text={solution} />}
      {asking && (
        <SolutionDialog
          onClose={() => setAsking(false)}
          onShow={() => {
            setAsking(false)
            void showSolution()
          }}
        />
      )}
    </section>
  )
}

function Hint({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div className="settle-in mb-3 rounded-lg bg-surface px-4 py-3 text-[0.9375rem] leading-7">
      <p className="text-[0.8125rem] font-semibold text-ink-soft">{title}</p>
      <p className="whitespace-pre-line">
        <InlineText text={text} />
      </p>
    </div>
  )
}
