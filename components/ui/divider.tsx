'use client'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { type LayoutName, rememberLayout } from './layout-memory.ts'

interface DividerProps {
  /** Which remembered length it changes: a percentage of the nearest `data-panes`. */
  readonly name: Exclude<LayoutName, 'sheet'>
  readonly orientation: 'vertical' | 'horizontal'
  readonly label: string
  readonly initial: number
  readonly min: number
  readonly max: number
}

/** Drag it, or focus it and use the arrow keys. The vertical one measures what lies to its right. */
export function Divider({ name, orientation, label, initial, min, max }: DividerProps) {
  const [value, setValue] = useState(initial)
  const [dragging, setDragging] = useState(false)
  const change = (next: number) => {
    const kept = Math.round(Math.min(max, Math.max(min, next)) * 10) / 10
    setValue(kept)
    rememberLayout(name, `${kept}%`)
  }
  const current = () => {
    const written = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(`--${name}`))
    return Number.isFinite(written) ? written : initial
  }
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const parent = event.currentTarget.closest('[data-panes]')?.getBoundingClientRect()
    if (!dragging || !parent) return
    change(
      orientation === 'vertical'
        ? ((parent.right - event.clientX) / parent.width) * 100
        : ((event.clientY - parent.top) / parent.height) * 100,
    )
  }
  const press = (event: KeyboardEvent) => {
    const [smaller, larger] = orientation === 'vertical' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowUp', 'ArrowDown']
    const steps: Record<string, number> = { [smaller]: current() - 3, [larger]: current() + 3, Home: min, End: max }
    const next = steps[event.key]
    if (next === undefined) return
    event.preventDefault()
    change(next)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is a widget; <hr> is not
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      data-dragging={dragging || undefined}
      className="divider"
      onKeyDown={press}
      onDoubleClick={() => change(initial)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDragging(true)
      }}
      onPointerMove={drag}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
    />
  )
}
