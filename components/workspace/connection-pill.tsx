'use client'
import { useTranslations } from 'next-intl'
import { useSessionState } from './provider.tsx'

/** Over the terminal while it cannot be typed in: what the connection is doing, and what the reader can do. */
export function ConnectionPill() {
  const t = useTranslations('terminal')
  const connection = useSessionState((state) => state.connection)
  const offline = useSessionState((state) => state.offline)
  const quiet = connection === 'open' || connection === 'idle'
  return (
    <div
      role="status"
      className={
        quiet
          ? 'sr-only'
          : 'pointer-events-none absolute right-4 bottom-9 z-20 flex max-w-[calc(100%-2rem)] items-center gap-2 rounded-full border border-line-strong bg-raised px-3 py-1 text-[0.8125rem]'
      }
    >
      {connection === 'connecting' && t('connecting')}
      {connection === 'reconnecting' && t(offline ? 'offline' : 'reconnecting')}
      {connection === 'closed' && (
        <>
          {t('closed')}
          <button
            type="button"
            onClick={() => location.reload()}
            className="pointer-events-auto font-semibold text-accent underline underline-offset-4"
          >
            {t('reload')}
          </button>
        </>
      )}
    </div>
  )
}
