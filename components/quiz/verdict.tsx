'use client'
import { useTranslations } from 'next-intl'
import { Icon } from '../ui/icons.tsx'
import { InlineText } from '../ui/inline-text.tsx'
import type { Answered } from './quiz-state.ts'

/** Right or not, and the reason. Why each option is so stands at the options. */
export function Verdict({ answered }: { readonly answered: Answered }) {
  const t = useTranslations('quiz')
  const { correct, explanation } = answered.verdict
  return (
    <div
      className={`settle-in mt-6 rounded-xl border-l-4 px-5 py-4 ${correct ? 'border-good bg-good-wash' : 'border-bad bg-bad-wash'}`}
    >
      <p className={`flex items-center gap-2 font-semibold ${correct ? 'text-good' : 'text-bad'}`}>
        <Icon name={correct ? 'check' : 'cross'} strokeWidth="2" />
        {correct ? t('right') : t('wrong')}
      </p>
      <p className="mt-1 leading-7 whitespace-pre-line">
        <InlineText text={explanation} />
      </p>
    </div>
  )
}
