import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { type NextStep, NextStepLink } from '../lesson/next-step.tsx'

interface ExplanationProps {
  readonly next: NextStep | undefined
  readonly children: ReactNode
}

/** After a full pass: why it works, and where to go on. */
export function Explanation({ next, children }: ExplanationProps) {
  const t = useTranslations('exercise')
  return (
    <section className="settle-in mt-8 rounded-xl border-l-4 border-good bg-good-wash px-5 py-4">
      <h2 className="text-lg font-semibold">{t('explain')}</h2>
      <div className="prose mt-2">{children}</div>
      <div className="mt-5">
        <NextStepLink next={next} />
      </div>
    </section>
  )
}
