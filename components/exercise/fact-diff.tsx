'use client'
import { useLocale, useTranslations } from 'next-intl'
import type { FactRow } from '../../curriculum/fact-diff.ts'
import { differingPart } from './differing-part.ts'

const SIGNS = { same: '＝', differs: '≠', missing: '＋', extra: '－' } as const

/** Yours and expected, one above the other where they differ, so that the difference meets the eye. Equal lines are quiet. */
export function FactDiff({ rows }: { readonly rows: readonly FactRow[] }) {
  const t = useTranslations('exercise')
  const locale = useLocale()
  return (
    <ul aria-label={t('diff')} className="space-y-1.5">
      {rows.map((row) => {
        const [yours, expected] = [row.yours?.[locale] ?? '', row.expected?.[locale] ?? '']
        const word = t(`diff_${row.state}`)
        return (
          <li
            key={`${yours}>${expected}`}
            className={`flex gap-2 rounded-md px-2.5 py-1 ${row.state === 'same' ? 'text-ink-soft' : 'bg-surface'}`}
          >
            <span aria-hidden="true" className={row.state === 'same' ? '' : 'font-bold text-bad'}>
              {SIGNS[row.state]}
            </span>
            <div className="min-w-0 flex-1">
              {row.state === 'same' ? (
                <Line label={word} text={expected} />
              ) : (
                <>
                  <p className="text-[0.8125rem] font-semibold text-bad">{word}</p>
                  {row.yours && <Line label={t('yours')} text={yours} against={expected} look="text-bad" />}
                  {row.expected && <Line label={t('expected')} text={expected} against={yours} look="text-good" />}
                </>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

interface LineProps {
  readonly label: string
  readonly text: string
  /** The other side: what differs from it stands out. */
  readonly against?: string
  readonly look?: string
}

function Line({ label, text, against = '', look = '' }: LineProps) {
  const [before, part, after] = differingPart(text, against)
  return (
    <p className="flex gap-2.5">
      <span className="w-14 shrink-0 text-[0.8125rem] text-ink-soft">{label}</span>
      <span className="min-w-0 font-mono text-[0.8125rem] leading-6 whitespace-pre-wrap wrap-anywhere">
        {look === '' || against === '' ? (
          text
        ) : (
          <>
            {before}
            <strong className={look}>{part}</strong>
            {after}
          </>
        )}
      </span>
    </p>
  )
}
