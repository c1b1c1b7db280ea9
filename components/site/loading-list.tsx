'use client'
import { useTranslations } from 'next-intl'

/** The shape of a list that is on its way. */
export function LoadingList() {
  const t = useTranslations('site')
  return (
    <main
      id="content"
      tabIndex={-1}
      className="mx-auto min-h-[70dvh] w-full max-w-4xl px-4 pt-10 pb-20 outline-none sm:px-6"
    >
      <p role="status" className="sr-only">
        {t('loading')}
      </p>
      <div className="h-9 w-40 rounded-lg bg-surface" />
      <div className="mt-10 space-y-3">
        {['a', 'b', 'c'].map((row) => (
          <div key={row} className="h-24 rounded-xl border border-line bg-surface" />
        ))}
      </div>
    </main>
  )
}
