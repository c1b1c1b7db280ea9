'use client'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Icon } from '../ui/icons.tsx'
import { useSessionState } from '../workspace/provider.tsx'

interface GoalProps {
  readonly id: string
  readonly children: ReactNode
}

/** Something to do in the terminal: the box lights up by itself once the cluster has got there. */
export function Goal({ id, children }: GoalProps) {
  const t = useTranslations('lesson')
  const goals = useSessionState((state) => state.goals)
  const reached = goals?.includes(id) ?? false
  return (
    <div
      // What was reached before this visit is no news.
      aria-live={goals ? 'polite' : 'off'}
      aria-atomic="true"
      data-goal={id}
      data-reached={reached || undefined}
      className="my-7 rounded-xl border border-dashed border-line-strong px-5 py-4 data-reached:border-solid data-reached:border-good data-reached:bg-good-wash"
    >
      <p className="flex flex-wrap items-center gap-x-1.5 text-[0.8125rem] text-ink-soft">
        {reached ? (
          <span className="settle-in inline-flex items-center gap-1.5 font-semibold text-good">
            <Icon name="check" strokeWidth="2.5" />
            {t('goalReached')}
          </span>
        ) : (
          <>
            <span className="inline-flex items-center gap-1.5 font-semibold text-accent">
              <Icon name="ring" />
              {t('goal')}
            </span>
            <span>{t('goalWaits')}</span>
          </>
        )}
      </p>
      <div className="mt-1 [&>*+*]:mt-4">{children}</div>
    </div>
  )
}
