import { Fragment } from 'react'

/** A sentence of content in which `code` and **strong** words are marked as in Markdown. */
export function InlineText({ text }: { readonly text: string }) {
  const parts = text.split(/(`[^`\n]+`|\*\*[^*\n]+\*\*)/)
  return parts.map((part, i) => {
    const key = `${i}${part}`
    if (/^`.+`$/.test(part))
      return (
        <code key={key} className="rounded bg-surface px-1 py-0.5 text-[0.9em]">
          {part.slice(1, -1)}
        </code>
      )
    if (/^\*\*.+\*\*$/.test(part)) return <strong key={key}>{part.slice(2, -2)}</strong>
    return <Fragment key={key}>{part}</Fragment>
  })
}
