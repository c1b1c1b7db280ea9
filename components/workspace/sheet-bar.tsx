'use client'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { Icon } from '../ui/icons.tsx'
import { rememberLayout } from '../ui/layout-memory.ts'
import type { SheetTab } from './workspace-pane.tsx'

interface SheetBarProps {
  readonly tab: SheetTab
  readonly onTab: (tab: SheetTab) => void
  readonly collapsed: boolean
  readonly onCollapse: (collapsed: boolean) => void
}

const clampHeight = (percent: number) => Math.round(Math.min(85, Math.max(20, percent)))

/** The top edge of the small-screen sheet: a grip to drag, a tab for each half, and fold. */
export function SheetBar({ tab, onTab, collapsed, onCollapse }: SheetBarProps) {
  const t = useTranslations('workspace')
  const [height, setHeight] = useState(42)
  const [dragging, setDragging] = useState(false)
  const change = (percent: number) => {
    const next = clampHeight(percent)
    setHeight(next)
    rememberLayout('sheet', `${next}dvh`)
  }
  const drag = (event: PointerEvent) => {
    if (dragging) change((1 - event.clientY / window.innerHeight) * 100)
  }
  const press = (event: KeyboardEvent) => {
    const step = { ArrowUp: 4, ArrowDown: -4 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    change(height + step)
  }
  const choose = (next: SheetTab) => {
    onTab(next)
    onCollapse(false)
  }
  return (
    <div className="sheet-bar relative h-12 items-stretch justify-between border-b border-line bg-surface pt-2">
      {/* biome-ignore lint/a11y/useSemanticElements: a focusable separator is a widget; <hr> is not */}
      <div
        role="separator"
        tabIndex={0}
        aria-label={t('sheetResize')}
        aria-orientation="horizontal"
        aria-valuenow={height}
        aria-valuemin={20}
        aria-valuemax={85}
        className="absolute inset-x-0 -top-2 h-5 cursor-row-resize touch-none before:mx-auto before:mt-3 before:block before:h-1 before:w-10 before:rounded-full before:bg-line-strong"
        onKeyDown={press}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          setDragging(true)
          onCollapse(false)
        }}
        onPointerMove={drag}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
      />
      <div className="flex">
        {(['terminal', 'cluster'] as const).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={tab === name && !collapsed}
            onClick={() => choose(name)}
            className="px-4 text-[0.9375rem] text-ink-soft aria-pressed:font-semibold aria-pressed:text-ink aria-pressed:shadow-[inset_0_-2px_0_var(--accent)]"
          >
            {t(name)}
          </button>
        ))}
      </div>
      <button
        type="button"
        aria-label={collapsed ? t('expand') : t('collapse')}
        aria-expanded={!collapsed}
        onClick={() => onCollapse(!collapsed)}
        className="grid w-12 place-items-center text-ink-soft"
      >
        <Icon name={collapsed ? 'up' : 'down'} />
      </button>
    </div>
  )
}
