'use client'
import { useTranslations } from 'next-intl'
import type { TraceView } from '../../server/protocol.ts'
import { Icon } from '../ui/icons.tsx'
import { KindIcon } from './kind-icon.tsx'
import { type WayStop, wayStops } from './way-stops.ts'

interface TraceWayProps {
  readonly trace: TraceView
  readonly walked: number
}

/** The request's way as a row of things, up to the one where it was answered or died. */
export function TraceWay({ trace, walked }: TraceWayProps) {
  const t = useTranslations('trace')
  const stops = wayStops(trace)
  return (
    <ol aria-label={t('way')} className="flex flex-wrap items-center gap-y-1 text-xs">
      {stops.map((stop, i) => (
        <li key={`${stop.kind}/${stop.name}/${stop.hop}`} className="flex items-center">
          {i > 0 && (
            <span aria-hidden="true" className="px-1 text-ink-soft">
              →
            </span>
          )}
          <Chip stop={stop} walked={stop.hop <= walked} last={i === stops.length - 1} />
        </li>
      ))}
    </ol>
  )
}

function Chip({ stop, walked, last }: { readonly stop: WayStop; readonly walked: boolean; readonly last: boolean }) {
  const look = stop.dead
    ? 'border-bad bg-bad-wash text-bad'
    : last
      ? 'border-good bg-good-wash text-good'
      : 'border-line-strong bg-raised'
  return (
    <span
      className={`flex items-center gap-1 rounded-md border px-1.5 leading-5 font-medium ${look} ${walked ? '' : 'border-dashed'}`}
    >
      {stop.kind !== 'address' && <KindIcon kind={stop.kind} className="size-3.5" />}
      {stop.name}
      {stop.dead && <Icon name="cross" className="size-3" strokeWidth="2.2" />}
    </span>
  )
}
