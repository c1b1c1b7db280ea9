'use client'
import { useTranslations } from 'next-intl'
import { useMemo, useRef } from 'react'
import type { GoalView } from '../../curriculum/goal-picture/goal-view.ts'
import { ScrollableSection } from '../ui/scrollable.tsx'
import { GoalDiagram } from './goal-diagram.tsx'
import { layoutGoal } from './goal-layout.ts'
import { GoalList } from './goal-list.tsx'
import { useSpace } from './use-space.ts'
import type { ViewMode } from './view-switch.tsx'

interface GoalPictureProps {
  readonly view: GoalView
  readonly mode: ViewMode
  readonly pointed: string | undefined
  readonly onPoint: (id: string | undefined) => void
}

/** The exercise's goal as a drawing or a list, in whatever room it is given. */
export function GoalPicture({ view, mode, pointed, onPoint }: GoalPictureProps) {
  const t = useTranslations('goal')
  const scroller = useRef<HTMLDivElement>(null)
  const { width, height } = useSpace(scroller)
  const layout = useMemo(() => layoutGoal(view, width, height), [view, width, height])
  const scale = width === 0 ? 1 : Math.max(0.7, Math.min(1, width / layout.width))
  return (
    <ScrollableSection
      ref={scroller}
      aria-label={t('pane')}
      className="h-full min-h-0 min-w-0 flex-1 overflow-auto -outline-offset-2"
    >
      {mode === 'list' ? (
        <GoalList view={view} />
      ) : (
        <GoalDiagram view={view} layout={layout} scale={scale} pointed={pointed} onPoint={onPoint} />
      )}
    </ScrollableSection>
  )
}
