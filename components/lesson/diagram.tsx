import type { ReactNode } from 'react'

interface DiagramProps {
  /** One sentence that says what there is to see; stands below the drawing. */
  readonly caption: string
  readonly children: ReactNode
}

/** The frame of every drawing in a text: it measures its own width, not the window's, and says below what it shows. */
export function Diagram({ caption, children }: DiagramProps) {
  return (
    <figure className="@container my-7 rounded-xl border border-line bg-surface p-4 leading-6">
      {children}
      <figcaption className="mt-3 text-sm text-ink-soft">{caption}</figcaption>
    </figure>
  )
}

interface ArrowProps {
  readonly label?: string | undefined
  /** Down even where there is room for a row. */
  readonly down?: boolean
}

/** The way from one box to the next: down where boxes stand below each other, to the right where they stand in a row. */
export function Arrow({ label, down = false }: ArrowProps) {
  return (
    <span
      className={`flex shrink-0 items-center justify-center gap-2 py-0.5 text-accent ${down ? '' : '@lg:w-11 @lg:flex-col-reverse @lg:gap-0 @lg:py-0'}`}
    >
      <span aria-hidden="true" className={`rotate-90 text-lg leading-none ${down ? '' : '@lg:rotate-0'}`}>
        →
      </span>
      {label && <span className="font-mono text-xs text-ink-soft">{label}</span>}
    </span>
  )
}
