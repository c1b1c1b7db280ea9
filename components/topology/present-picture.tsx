'use client'
import { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import type { TopologyView } from '../../server/protocol.ts'
import { ScrollableSection } from '../ui/scrollable.tsx'
import { ClusterList } from './cluster-list.tsx'
import { Diagram, type PacketState } from './diagram.tsx'
import type { Fitted } from './fit.ts'

interface PresentPictureProps {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly view: TopologyView | undefined
  /** Undefined where the cluster is told as a list. */
  readonly drawn: Fitted | undefined
  readonly pointed: string | undefined
  readonly onPoint: (id: string | undefined) => void
  readonly packet: PacketState | undefined
  readonly way: ReadonlySet<string | undefined>
  readonly here: string | undefined
}

/** The cluster as it is now, as a drawing or a list. */
export function PresentPicture({ scroller, view, drawn, ...rest }: PresentPictureProps) {
  const t = useTranslations('topology')
  return (
    <ScrollableSection
      ref={scroller}
      aria-label={t('pane')}
      className="h-full min-h-0 min-w-0 flex-1 overflow-auto -outline-offset-2"
    >
      {!view && <p className="p-4 text-[0.875rem] text-ink-soft">{t('empty')}</p>}
      {view && !drawn && <ClusterList view={view} />}
      {view && drawn && (
        <div className="grid min-h-full min-w-max place-content-center">
          <Diagram view={view} fitted={drawn} {...rest} />
        </div>
      )}
    </ScrollableSection>
  )
}
