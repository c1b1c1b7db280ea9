'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import type { TraceView } from '../../server/protocol.ts'
import { InlineText } from '../ui/inline-text.tsx'
import { useHopText } from './hop-text.ts'

/** Index of the hop that a request died of; undefined where it was answered. */
export function causeOf(trace: TraceView): number | undefined {
  const index = trace.decides ?? trace.hops.length - 1
  const verdict = trace.hops[index]?.verdict
  return verdict === undefined || verdict === 'pass' || verdict === 'answered' ? undefined : index
}

/** The HTTP status that a request was answered with, if it was. */
export function statusOf({ hops }: TraceView): number | undefined {
  const last = hops.at(-1)
  return last?.code === 'http-answered' ? Number(last.params.status) : undefined
}

/** Scrolls to the end, but never past the beginning of the sentence: on a phone it may be longer than its place. */
function show(scroller: Element, sentence: Element | null): void {
  scroller.scrollTop = scroller.scrollHeight
  const head = scroller.querySelector('[data-head]')?.getBoundingClientRect().bottom
  const top = sentence?.getBoundingClientRect().top
  if (head !== undefined && top !== undefined && top < head) scroller.scrollTop -= head - top + 4
}

interface TraceCauseProps {
  readonly trace: TraceView
  /** The walk has come to its end; until then the place is kept free, so that nothing moves. */
  readonly shown: boolean
}

/** The one sentence that names why a request died; a request that was answered needs none. */
export function TraceCause({ trace, shown }: TraceCauseProps) {
  const t = useTranslations('trace')
  const tell = useHopText()
  const place = useRef<HTMLParagraphElement>(null)
  // Only the list's own scroller may move, never the page.
  useEffect(() => {
    const scroller = place.current?.closest('[data-scroller]')
    if (!shown || !scroller) return
    // Called at once, and when the pane of a phone comes out from behind its tab.
    const observer = new ResizeObserver(() => show(scroller, place.current))
    observer.observe(scroller)
    return () => observer.disconnect()
  }, [shown])
  const hop = trace.hops[causeOf(trace) ?? -1]
  if (!hop) return null
  return (
    <p
      ref={place}
      className={`mt-1.5 rounded-md border-l-2 border-bad bg-bad-wash px-2.5 py-1.5 text-[0.8125rem] leading-5 text-ink ${shown ? '' : 'invisible'}`}
    >
      <strong className="text-bad">{t('cause')}</strong> <InlineText text={tell(hop)} />
    </p>
  )
}
