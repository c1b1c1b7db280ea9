'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { CopyButton } from '../lesson/copy-button.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icons.tsx'
import { InlineText } from '../ui/inline-text.tsx'
import { ScrollablePre } from '../ui/scrollable.tsx'
import type { AttemptView, ExerciseActions } from './attempt.ts'

interface HintsProps {
  readonly attempt: AttemptView
  readonly actions: Pick<ExerciseActions, 'hint' | 'solution'>
}

/** Two hints, one after the other, then a solution, which asks first. */
export function Hints({ attempt, actions }: HintsProps) {
  const t = useTranslations('exercise')
  const [hints, setHints] = useState(attempt.hints)
  const [solution, setSolution] = useState(attempt.solution)
  const [asking, setAsking] = useState(false)
  const [failed, setFailed] = useState(false)
  const attemptTo = async (act: () => Promise<void>) => {
    try {
      await act()
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }
  const reveal = (tier: 1 | 2) =>
    attemptTo(async () => {
      const text = await actions.hint(attempt.slug, tier)
      setHints((shown) => (shown.length < tier ? [...shown, text] : shown))
    })
  const showSolution = () => {
    setAsking(false)
    return attemptTo(async () => setSolution(await actions.solution(attempt.slug)))
  }
  const next = hints.length === 0 ? 1 : hints.length === 1 ? 2 : undefined
  return (
    <section aria-label={t('hints')} className="mt-8 border-t border-line pt-5">
      {hints.map((text, i) => (
        <div key={text} className="settle-in mb-3 rounded-lg bg-surface px-4 py-3 text-[0.9375rem] leading-7">
          <p className="text-[0.8125rem] font-semibold text-ink-soft">{i === 0 ? t('hint1') : t('hint2')}</p>
          <p className="whitespace-pre-line">
            <InlineText text={text} />
          </p>
        </div>
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
        <Dialog open onClose={() => setAsking(false)} title={t('solutionTitle')}>
          <p className="text-ink-soft">{t('solutionText')}</p>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <Button onClick={() => setAsking(false)}>{t('solutionCancel')}</Button>
            <Button tone="primary" onClick={showSolution}>
              {t('solutionShow')}
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  )
}

function Solution({ text }: { readonly text: string }) {
  const t = useTranslations('exercise')
  return (
    <figure className="settle-in mt-4 overflow-hidden rounded-lg border border-line bg-surface">
      <figcaption className="flex min-h-10 items-center justify-between border-b border-line py-1 pr-1.5 pl-4 text-[0.8125rem] font-semibold text-ink-soft">
        {t('solutionHeading')}
        <CopyButton text={text} />
      </figcaption>
      <ScrollablePre className="overflow-x-auto px-4 py-3 text-[0.875rem] leading-6">
        <code>{text}</code>
      </ScrollablePre>
    </figure>
  )
}
