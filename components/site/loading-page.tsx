'use client'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'

interface LoadingPageProps {
  readonly narrow?: boolean
  readonly children: ReactNode
}

/** The shape of a page that is on its way: where PageFrame puts its title and lead, so that nothing moves when they come. */
function LoadingPage({ narrow = false, children }: LoadingPageProps) {
  const t = useTranslations('site')
  return (
    <main
      data-loading
      className={`mx-auto min-h-[70dvh] w-full px-4 pt-10 pb-20 sm:px-6 ${narrow ? 'max-w-2xl' : 'max-w-4xl'}`}
    >
      <p role="status" className="sr-only">
        {t('loading')}
      </p>
      <div className="h-[2.1875rem] w-2/3 rounded-lg bg-surface" />
      {!narrow && <div className="mt-2 h-[1.6875rem] w-1/2 rounded-lg bg-surface" />}
      <div className="mt-8">{children}</div>
    </main>
  )
}

/** A list on its way. */
export function LoadingList() {
  return (
    <LoadingPage>
      <div className="space-y-3">
        {['a', 'b', 'c', 'd', 'e'].map((row) => (
          <div key={row} className="h-24 rounded-xl border border-line bg-surface" />
        ))}
      </div>
    </LoadingPage>
  )
}

/** A quiz on its way. */
export function LoadingQuiz() {
  return (
    <LoadingPage narrow>
      <div className="h-72 rounded-xl border border-line bg-surface" />
    </LoadingPage>
  )
}
