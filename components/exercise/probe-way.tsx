'use client'
import { useTranslations } from 'next-intl'
import type { CriterionResult } from '../../curriculum/types.ts'
import type { TraceView } from '../../server/protocol.ts'
import { HopList } from '../topology/hop-list.tsx'
import { Icon } from '../ui/icons.tsx'
import { focusTraceEvent } from '../workspace/page-events.ts'
import { useSession } from '../workspace/provider.tsx'

/** The request that a criterion was judged by: where it died is a button that walks it in the picture of the cluster. */
export function ProbeWay({ trace }: { readonly trace: NonNullable<CriterionResult['trace']> }) {
  const t = useTranslations('exercise')
  const session = useSession()
  const died = trace.outcome !== 'answered'
  const walk = () => {
    session.show(viewOf(trace))
    // The strip has to be drawn before it can take the focus.
    requestAnimationFrame(() => window.dispatchEvent(new Event(focusTraceEvent)))
  }
  return (
    <div>
      <button
        type="button"
        onClick={walk}
        className="inline-flex items-center gap-1.5 font-medium text-accent underline underline-offset-4"
      >
        <Icon name={died ? 'cross' : 'right'} className={`size-4 ${died ? 'text-bad' : ''}`} strokeWidth="2" />
        {t(died ? 'diedHere' : 'showWay')}
      </button>
      <details className="mt-1.5">
        <summary className="w-fit text-[0.8125rem] text-ink-soft">{t('probe', { count: trace.hops.length })}</summary>
        <div className="mt-1.5">
          <HopList hops={trace.hops} walked={trace.hops.length} />
        </div>
      </details>
    </div>
  )
}

/** The grader's trace in the shape in which traces come over the wire. */
function viewOf(trace: NonNullable<CriterionResult['trace']>): TraceView {
  const hops = trace.hops.map((hop) => ({ ...hop, subject: { ...hop.subject }, params: { ...hop.params } }))
  return { ...trace, hops }
}
