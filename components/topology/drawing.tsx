import type { ReactNode } from 'react'

interface DrawingProps {
  readonly label: string
  readonly size: { readonly width: number; readonly height: number }
  readonly scale: number
  readonly children: ReactNode
}

/** A picture made of boxes and lines, as large as its scale makes it. */
export function Drawing({ label, size: { width, height }, scale, children }: DrawingProps) {
  return (
    <div style={{ width: width * scale, height: height * scale }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing made of parts, not a form's fieldset */}
      <div
        role="group"
        aria-label={label}
        className="relative origin-top-left"
        style={{ width, height, transform: scale === 1 ? undefined : `scale(${scale})` }}
      >
        {children}
      </div>
    </div>
  )
}

/** What lies under the boxes; the list beside the drawing says it in words. */
export function Underlay({ size, children }: Pick<DrawingProps, 'size' | 'children'>) {
  return (
    <svg width={size.width} height={size.height} className="pointer-events-none absolute inset-0" aria-hidden="true">
      {children}
    </svg>
  )
}

interface DrawnLineProps {
  readonly path: string
  /** It belongs to what is pointed at, or to the way of a request. */
  readonly on: boolean
  readonly solid: boolean
  readonly opacity?: number
}

/** A line between two boxes. */
export function DrawnLine({ path, on, solid, opacity }: DrawnLineProps) {
  return (
    <path
      d={path}
      fill="none"
      stroke={on ? 'var(--accent)' : 'var(--line-strong)'}
      strokeWidth={on ? 2 : 1.25}
      strokeDasharray={solid ? undefined : '4 4'}
      opacity={opacity}
    />
  )
}
