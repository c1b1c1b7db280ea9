'use client'
import { useLocale, useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import type { ExerciseMeta, GradeReport } from '../../curriculum/types.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import { InlineText } from '../ui/inline-text.tsx'
import type { AttemptView, ExerciseActions } from './attempt.ts'
import { Criterion } from './criterion.tsx'

interface CheckPanelProps {
  readonly attempt: AttemptView
  readonly criteria: ExerciseMeta['criteria']
  readonly outOf: number
  /** Why it works, for an exercise that was passed before. */
  readonly explanation: ReactNode
  readonly actions: Pick<ExerciseActions, 'check'>
}

/** The check button and what the last check found. */
export function CheckPanel({ attempt, criteria, outOf, explanation, actions }: CheckPanelProps) {
  const t = useTranslations('exercise')
  const [report, setReport] = useState(attempt.report)
  const [why, setWhy] = useState(explanation)
  const [state, setState] = useState<'idle' | 'checking' | 'failed'>('idle')
  const check = async () => {
    if (state === 'checking') return
    setState('checking')
    try {
      const checked = await actions.check(attempt.slug)
      setReport(checked.report)
      setWhy((shown) => shown ?? checked.explanation)
      setState('idle')
    } catch {
      setState('failed')
    }
  }
  return (
    <section aria-label={t('criteria')} className="mt-8">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button tone="primary" onClick={check} aria-disabled={state === 'checking'} className="min-w-36">
          <Icon name="check" strokeWidth="2" />
          {state === 'checking' ? t('checking') : t('check')}
        </Button>
        <div role="status" className="text-[0.9375rem]">
          {report ? <Score report={report} /> : <span className="text-ink-soft">{t('unchecked')}</span>}
        </div>
      </div>
      {state === 'failed' && (
        <p role="alert" className="mt-2 text-bad">
          {t('failedAction')}
        </p>
      )}
      {report ? (
        <ul className="mt-4 space-y-2.5">
          {report.criteria.map((result) => (
            <Criterion key={result.id} result={result} />
          ))}
        </ul>
      ) : (
        <Pending criteria={criteria} outOf={outOf} />
      )}
      {why}
    </section>
  )
}

function Score({ report }: { readonly report: GradeReport }) {
  const t = useTranslations('exercise')
  const left = report.criteria.filter((criterion) => !criterion.passed).length
  return (
    <span className="flex items-baseline gap-3">
      <span className="text-lg font-semibold tabular-nums">
        {t('score', { points: report.points, outOf: report.outOf })}
      </span>
      <span className={left === 0 ? 'font-medium text-good' : 'text-ink-soft'}>
        {left === 0 ? t('full') : t('partial', { count: left })}
      </span>
    </span>
  )
}

function Pending({ criteria, outOf }: { readonly criteria: ExerciseMeta['criteria']; readonly outOf: number }) {
  const t = useTranslations('exercise')
  const locale = useLocale()
  return (
    <div className="mt-4 rounded-lg border border-line px-4 py-3">
      <p className="flex justify-between text-[0.875rem] font-semibold">
        {t('criteria')}
        <span className="font-normal text-ink-soft">{t('optionsFrom', { points: outOf })}</span>
      </p>
      <ul className="mt-2 space-y-1.5 text-[0.9375rem]">
        {criteria.map((criterion) => (
          <li key={criterion.id} className="flex justify-between gap-4">
            <span>
              <InlineText text={criterion.title[locale]} />
            </span>
            <span className="shrink-0 text-sm tabular-nums text-ink-soft">{criterion.points}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
