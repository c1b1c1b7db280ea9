import type { ReactNode } from 'react'

interface PageFrameProps {
  readonly title: string
  readonly lead?: string
  readonly narrow?: boolean
  readonly children: ReactNode
}

/** A page of one column: title, a line about it, content. */
export function PageFrame({ title, lead, narrow = false, children }: PageFrameProps) {
  return (
    <main
      id="content"
      tabIndex={-1}
      className={`mx-auto min-h-[70dvh] w-full px-4 pt-10 pb-20 outline-none sm:px-6 ${narrow ? 'max-w-2xl' : 'max-w-4xl'}`}
    >
      <h1 className="text-[1.75rem] leading-tight font-bold">{title}</h1>
      {lead && <p className="mt-2 text-[1.0625rem] text-ink-soft">{lead}</p>}
      <div className="mt-8">{children}</div>
    </main>
  )
}
