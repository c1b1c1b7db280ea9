import { useTranslations } from 'next-intl'
import { Icon } from '../ui/icons.tsx'
import type { MapRow, MapTrack } from './course-map.ts'
import { StepRow } from './step-row.tsx'
import { TallyLines } from './tally-lines.tsx'

interface TrackDetailsProps {
  readonly track: MapTrack
  /** From 1. */
  readonly number: number
  /** The page to go on with: its track stands open. */
  readonly next: MapRow | undefined
}

/** A track of the map: its numbers, and folded behind them everything in it. */
export function TrackDetails({ track, number, next }: TrackDetailsProps) {
  const t = useTranslations('map')
  const isNext = (row: MapRow) => row.href === next?.href
  const done = track.rows.filter(({ state }) => state === 'done').length
  return (
    <li id={track.slug} className="scroll-mt-20 rounded-2xl border border-line bg-raised">
      <details open={track.rows.some(isNext)} className="group">
        <summary className="flex cursor-pointer list-none items-center gap-4 rounded-2xl px-5 py-4 hover:bg-surface [&::-webkit-details-marker]:hidden">
          <span className="w-6 shrink-0 text-center font-semibold tabular-nums text-accent">{number}</span>
          <span className="min-w-0 flex-1">
            <h3 className="text-[1.0625rem] font-semibold">{track.title}</h3>
            <span className="mt-0.5 block text-[0.9375rem] leading-6 text-ink-soft">{track.summary}</span>
          </span>
          <span className="shrink-0 text-[0.875rem] tabular-nums text-ink-soft">
            {t('steps', { done, total: track.rows.length })}
          </span>
          <Icon name="right" className="size-4 text-ink-soft transition-transform group-open:rotate-90" />
        </summary>
        <div className="px-5 pb-4">
          <TallyLines label={track.title} tally={track.tally} inRow className="border-t border-line pt-4" />
          <ol className="mt-4">
            {track.rows.map((row) => (
              <StepRow key={row.href} row={row} isNext={isNext(row)} />
            ))}
          </ol>
        </div>
      </details>
    </li>
  )
}
