import { Fragment } from 'react'
import type { Marked } from '../../curriculum/search/marks.ts'

/** A text in which what was looked for is marked. */
export function MarkedText({ pieces }: { readonly pieces: Marked }) {
  return pieces.map(({ text, found }, i) => {
    const key = `${i}${text}`
    return found ? (
      <mark
        key={key}
        className="rounded-sm bg-warn-wash font-semibold text-ink underline decoration-warn underline-offset-4"
      >
        {text}
      </mark>
    ) : (
      <Fragment key={key}>{text}</Fragment>
    )
  })
}
