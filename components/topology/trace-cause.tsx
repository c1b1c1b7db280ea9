'use client'
import { useTranslations } from 'next-intl'
import type { TraceView } from '../../server/protocol.ts'
import { InlineText } from '../ui/inline-text.tsx'
import { useHopText } from './hop-text.ts'

/** The one sentence that names why a request died; a request that was answered needs none. */
export function TraceCause({ trace }: { readonly trace: TraceView }) {
  const t = useTranslations('trace')
  const tell = useHopText()
  const hop = trace.hops[trace.decides ?? trace.hops.length - 1]
  if (!hop || hop.verdict === 'pass' || hop.verdict === 'answered') return null
  return (
    <p className="mt-1.5 rounded-md border-l-2 border-bad bg-bad-wash px-2.5 py-1.5 text-[0.8125rem] leading-5 text-ink">
      <strong className="text-bad">{t('cause')}</strong> <InlineText text={tell(hop)} />
    </p>
  )
}
