'use client'
import { useTranslations } from 'next-intl'
import { type ReactNode, useRef } from 'react'
import { buttonClass } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import { toggleTrack, useTrackOpen } from './track-memory.ts'

/** Stands over the text: folds the track's column on wide screens, elsewhere opens the map over the text. */
export function TrackBar({ map, children }: { readonly map: ReactNode; readonly children: ReactNode }) {
  const t = useTranslations('lesson')
  const over = useRef<HTMLDetailsElement>(null)
  const open = useTrackOpen()
  const look = `${buttonClass('quiet', 'small')} -ml-2.5`
  const close = () => over.current?.removeAttribute('open')
  return (
    <div className="sticky top-(--header) z-10 flex min-[900px]:-mr-1 h-10 items-center justify-between gap-4 border-b border-line bg-surface px-5 text-[0.8125rem] text-ink-soft sm:px-6">
      <span className="track-toggle">
        <button type="button" aria-expanded={open} aria-controls="track-column" onClick={toggleTrack} className={look}>
          <Icon name="list" />
          {t('track')}
        </button>
      </span>
      <details
        ref={over}
        className="track-over"
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          close()
          over.current?.querySelector('summary')?.focus()
        }}
        onBlur={(event) => {
          if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) close()
        }}
      >
        <summary className={`${look} list-none [&::-webkit-details-marker]:hidden`}>
          <Icon name="list" />
          {t('track')}
        </summary>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: closes behind a link that was followed */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click */}
        <div
          onClick={(event) => event.target instanceof Element && event.target.closest('a') && close()}
          className="settle-in absolute top-full left-2 mt-1 max-h-[70dvh] w-80 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-xl border border-line-strong bg-raised p-3 shadow-xl"
        >
          {map}
        </div>
      </details>
      <p className="flex min-w-0 items-center gap-x-2 truncate">{children}</p>
    </div>
  )
}
