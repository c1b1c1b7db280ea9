'use client'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { TraceView } from '../../server/protocol.ts'
import { Icon, type IconName } from '../ui/icons.tsx'
import { InlineText } from '../ui/inline-text.tsx'
import { focusTraceEvent } from '../workspace/page-events.ts'
import { HopList } from './hop-list.tsx'
import { causeOf, statusOf, TraceCause } from './trace-cause.tsx'
import { TraceWay } from './trace-way.tsx'

/** An answer, an answer that says no, none. */
const LOOKS = { good: 'bg-good-wash text-good', warn: 'bg-warn-wash text-warn', bad: 'bg-bad-wash text-bad' } as const

interface TraceStripProps {
  readonly trace: TraceView | undefined
  readonly step: number
  readonly playing: boolean
  readonly onToggle: () => void
  readonly onMove: (by: number) => void
}

/** The last request: from where to where, how it ended, hop by hop and step by step, and its cause at the end. */
export function TraceStrip({ trace, step, playing, onToggle, onMove }: TraceStripProps) {
  const t = useTranslations('trace')
  const walk = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const focus = () => walk.current?.querySelector<HTMLElement>('[data-play]')?.focus()
    window.addEventListener(focusTraceEvent, focus)
    return () => window.removeEventListener(focusTraceEvent, focus)
  }, [])
  if (!trace)
    return (
      <p className="px-4 py-3 text-[0.8125rem] text-ink-soft">
        <InlineText text={t('none')} />
      </p>
    )
  const from = trace.from.kind === 'machine' ? trace.from.name : `pod/${trace.from.name}`
  const cause = causeOf(trace)
  const status = statusOf(trace)
  const bad = trace.outcome !== 'answered' || cause !== undefined
  const look = bad ? 'bad' : status !== undefined && status >= 400 ? 'warn' : 'good'
  const total = trace.hops.length
  const walkByKey = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -total, End: total }[event.key]
    if (by === undefined) return
    event.preventDefault()
    onMove(by)
  }
  return (
    <div className="px-4 pb-2.5">
      <div
        data-head
        className="sticky top-0 z-10 bg-paper pt-1.5 pb-1.5 after:pointer-events-none after:absolute after:inset-x-0 after:top-full after:h-2.5 after:bg-linear-to-b after:from-paper after:from-60% after:to-transparent"
      >
        <div className="flex items-center gap-x-2">
          <h3 className="sr-only">{t('title')}</h3>
          <p className="min-w-0 truncate text-[0.8125rem]">
            <span className="max-sm:sr-only">
              <span className="font-semibold">{from}</span>
              <span className="text-ink-soft"> → </span>
            </span>
            <span className="font-mono">{trace.to}</span>
          </p>
          <span role="status" className={`shrink-0 rounded-full px-2 py-0.5 text-xs font-medium ${LOOKS[look]}`}>
            {t(trace.outcome)}
            {status !== undefined && <span className="tabular-nums"> · {status}</span>}
          </span>
          {/* biome-ignore lint/a11y/useSemanticElements: a player's buttons, not a form's fieldset */}
          <div
            ref={walk}
            role="group"
            aria-label={t('walk')}
            className="ml-auto flex shrink-0 items-center"
            onKeyDown={walkByKey}
          >
            <Control icon="left" label={t('back')} disabled={step === 0} onPress={() => onMove(-1)} />
            <Control
              icon={playing ? 'pause' : step < total ? 'play' : 'restart'}
              label={playing ? t('pause') : step < total ? t('resume') : t('play')}
              onPress={onToggle}
              play
            />
            <Control icon="right" label={t('forward')} disabled={step >= total} onPress={() => onMove(1)} />
            <span className="min-w-9 text-right text-xs max-sm:sr-only text-ink-soft tabular-nums">
              <span aria-hidden="true">
                {step}/{total}
              </span>
              <span className="sr-only">{t('step', { step, total })}</span>
            </span>
          </div>
        </div>
        <TraceWay trace={trace} walked={step} />
      </div>
      <div className="mt-0.5">
        <HopList hops={trace.hops} walked={step} cause={cause} />
        <TraceCause trace={trace} shown={step >= total} />
      </div>
    </div>
  )
}

interface ControlProps {
  readonly icon: IconName
  readonly label: string
  readonly disabled?: boolean
  readonly onPress: () => void
  /** The button that the keyboard comes in by. */
  readonly play?: boolean
}

/** Disabled in name only, so that it keeps the focus when the walk has come to its end. */
function Control({ icon, label, disabled = false, onPress, play }: ControlProps) {
  return (
    <button
      type="button"
      onClick={disabled ? undefined : onPress}
      aria-disabled={disabled}
      data-play={play}
      aria-label={label}
      title={label}
      className="grid size-8 place-items-center rounded-md text-ink-soft hover:bg-raised hover:text-ink aria-disabled:opacity-35"
    >
      <Icon name={icon} />
    </button>
  )
}
