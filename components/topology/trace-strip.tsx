'use client'
import { useTranslations } from 'next-intl'
import type { TraceView } from '../../server/protocol.ts'
import { Icon } from '../ui/icons.tsx'
import { HopList } from './hop-list.tsx'
import { TraceWay } from './trace-way.tsx'

interface TraceStripProps {
  readonly trace: TraceView | undefined
  readonly step: number
  readonly playing: boolean
  readonly onToggle: () => void
}

/** The last request: from where to where, how it ended, hop by hop, with pause and replay. */
export function TraceStrip({ trace, step, playing, onToggle }: TraceStripProps) {
  const t = useTranslations('trace')
  if (!trace) return <p className="px-4 py-3 text-[0.8125rem] text-ink-soft">{t('none')}</p>
  const from = trace.from.kind === 'machine' ? trace.from.name : `pod/${trace.from.name}`
  const good = trace.outcome === 'answered'
  const label = playing ? t('pause') : step < trace.hops.length ? t('resume') : t('play')
  return (
    <div className="px-4 pb-2.5">
      <div className="sticky top-0 bg-paper pt-1.5 pb-1.5">
        <div className="flex items-center gap-2">
          <h3 className="sr-only">{t('title')}</h3>
          <p className="min-w-0 truncate text-[0.8125rem]">
            <span className="font-semibold">{from}</span>
            <span className="text-ink-soft"> → </span>
            <span className="font-mono">{trace.to}</span>
          </p>
          <span
            role="status"
            className={`shrink-0 rounded-full px-2 py-0.5 text-xs font-medium ${good ? 'bg-good-wash text-good' : 'bg-bad-wash text-bad'}`}
          >
            {t(trace.outcome)}
          </span>
          <button
            type="button"
            onClick={onToggle}
            aria-label={label}
            title={label}
            className="ml-auto grid size-8 shrink-0 place-items-center rounded-md text-ink-soft hover:bg-raised hover:text-ink"
          >
            <Icon name={playing ? 'pause' : step < trace.hops.length ? 'play' : 'restart'} />
          </button>
        </div>
        <TraceWay trace={trace} walked={step} />
      </div>
      <div className="mt-0.5">
        <HopList hops={trace.hops} walked={step} />
      </div>
    </div>
  )
}
