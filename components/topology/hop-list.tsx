'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import type { TraceView } from '../../server/protocol.ts'
import { Icon } from '../ui/icons.tsx'
import { InlineText } from '../ui/inline-text.tsx'
import { useHopText } from './hop-text.ts'

type ToldHop = Readonly<Pick<TraceView['hops'][number], 'verdict' | 'code' | 'params' | 'text'>>

interface HopListProps {
  readonly hops: readonly ToldHop[]
  /** Hops already walked; the rest stand by, pale, so that nothing moves when they come. */
  readonly walked: number
  /** The hop whose sentence stands below the list as the cause: here it only says that the way ended. */
  readonly cause?: number | undefined
}

/** The hops of a request in words, up to where it died and why. */
export function HopList({ hops, walked, cause }: HopListProps) {
  const t = useTranslations('trace')
  const tell = useHopText()
  const last = useRef<HTMLLIElement>(null)
  // Only the list's own scroller may move, never the page: the text must stand still under the reader's eyes.
  useEffect(() => {
    const item = last.current
    const scroller = item?.closest('[data-scroller]')
    if (!item || !scroller || walked === 0) return
    const below = item.getBoundingClientRect().bottom + 8 - scroller.getBoundingClientRect().bottom
    if (below > 0) scroller.scrollTop += below
  }, [walked])
  return (
    <ol className="space-y-0.5 text-[0.8125rem] leading-5">
      {hops.map((hop, i) => {
        const good = hop.verdict === 'pass' || hop.verdict === 'answered'
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: hops have no name but their place in the way
            key={i}
            ref={i === walked - 1 ? last : undefined}
            className={`flex gap-2 transition-opacity duration-150 ${i < walked ? '' : 'opacity-40'} ${good ? '' : 'font-medium text-bad'}`}
          >
            <Icon
              name={good ? 'check' : 'cross'}
              className={`mt-0.5 size-4 ${good ? 'text-good' : 'text-bad'}`}
              strokeWidth="2"
            />
            <span className="min-w-0 wrap-anywhere [&_code]:inline-block [&_code]:px-0.5 [&_code]:py-0 [&_code]:leading-[1.15rem]">
              <span className="sr-only">{t(hop.verdict)}: </span>
              {i === cause ? t('diedHere') : <InlineText text={tell(hop)} />}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
