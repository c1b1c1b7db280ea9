'use client'
import { useLocale, useTranslations } from 'next-intl'
import type { CriterionResult } from '../../curriculum/types.ts'
import { Icon } from '../ui/icons.tsx'
import { InlineText } from '../ui/inline-text.tsx'
import { FactDiff } from './fact-diff.tsx'
import { ProbeWay } from './probe-way.tsx'

/** One thing that was checked: what was proved, or what is there, what was expected, and why it failed. */
export function Criterion({ result }: { readonly result: CriterionResult }) {
  const t = useTranslations('exercise')
  const locale = useLocale()
  return (
    <li className={`rounded-lg border px-4 py-3 ${result.passed ? 'border-line' : 'border-bad/60'}`}>
      <p className="flex items-start gap-2.5">
        <Icon
          name={result.passed ? 'check' : 'cross'}
          strokeWidth="2"
          className={`mt-1 size-4 ${result.passed ? 'text-good' : 'text-bad'}`}
        />
        <span className="min-w-0 flex-1 font-medium">
          <span className="sr-only">{result.passed ? t('passed') : t('failed')}: </span>
          <InlineText text={result.title[locale]} />
        </span>
        <span className="shrink-0 text-sm tabular-nums text-ink-soft">
          {result.earned}/{result.points}
        </span>
      </p>
      {result.passed && result.proof && (
        <p className="mt-0.5 pl-6.5 text-[0.875rem] text-ink-soft">
          <InlineText text={result.proof[locale]} />
        </p>
      )}
      {!result.passed && (
        <div className="settle-in mt-2 space-y-2 pl-6.5 text-[0.875rem] leading-6">
          {result.why && (
            <p>
              <InlineText text={result.why[locale]} />
            </p>
          )}
          <Difference result={result} />
          {result.trace && <ProbeWay trace={result.trace} />}
        </div>
      )}
    </li>
  )
}

/** Line by line; as two texts where there are no facts of the learner's to set beside. */
function Difference({ result }: { readonly result: CriterionResult }) {
  const t = useTranslations('exercise')
  const locale = useLocale()
  const nothing = result.rows?.every((row) => row.yours === undefined) ?? true
  if (result.rows && !nothing) return <FactDiff rows={result.rows} />
  if (result.yours === undefined && result.expected === undefined) return null
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 rounded-md bg-surface px-2.5 py-1">
      <Value term={t('yours')} text={result.yours?.[locale]} look="text-bad" />
      <Value term={t('expected')} text={result.expected?.[locale]} look="text-good" />
    </dl>
  )
}

function Value({
  term,
  text,
  look,
}: {
  readonly term: string
  readonly text: string | undefined
  readonly look: string
}) {
  if (text === undefined) return null
  return (
    <>
      <dt className="text-ink-soft">{term}</dt>
      <dd className={`font-mono text-[0.8125rem] leading-6 whitespace-pre-wrap wrap-anywhere ${look}`}>{text}</dd>
    </>
  )
}
