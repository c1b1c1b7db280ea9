'use client'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { rememberLayout } from '../ui/layout-memory.ts'

const clampHeight = (percent: number) => Math.round(Math.min(85, Math.max(20, percent)))

/** Drag it, or focus it and use the arrow keys, to size the small-screen sheet. */
export function SheetGrip({ onGrip }: { readonly onGrip: () => void }) {
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
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is a widget; <hr> is not
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
        onGrip()
      }}
      onPointerMove={drag}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
    />
  )
}
