'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { QuestionView } from '../../curriculum/types.ts'
import { InlineText } from '../ui/inline-text.tsx'
import { OrderingItem } from './ordering-item.tsx'
import type { FieldsProps } from './question.tsx'
import { moveItem } from './quiz-state.ts'

interface OrderingProps extends FieldsProps {
  readonly question: Extract<QuestionView, { kind: 'ordering' }>
}

/** Items to put in order: two buttons each, or dragged over one another. Moves are announced. */
export function Ordering({ id, question, draft, answered, onChange }: OrderingProps) {
  const t = useTranslations('quiz')
  const [dragged, setDragged] = useState<string | undefined>()
  const [announcement, setAnnouncement] = useState('')
  const textOf = (item: string) => question.items.find((one) => one.id === item)?.text ?? item
  const move = (item: string, by: -1 | 1) => {
    const next = moveItem(draft, item, by)
    onChange(next)
    setAnnouncement(t('moved', { item: textOf(item), position: next.indexOf(item) + 1, total: draft.length }))
  }
  const dragOver = (item: string) => {
    if (!dragged || dragged === item) return
    const rest = draft.filter((other) => other !== dragged)
    const target = draft.indexOf(item)
    onChange([...rest.slice(0, target), dragged, ...rest.slice(target)])
  }
  return (
    <div>
      <ol aria-labelledby={id} className="space-y-2">
        {draft.map((item, i) => (
          <OrderingItem
            key={item}
            text={textOf(item)}
            place={{ at: i, of: draft.length }}
            right={answered && answered.verdict.answer[i] === item}
            dragged={dragged === item}
            onDrag={(on) => setDragged(on ? item : undefined)}
            onDragOver={() => dragOver(item)}
            onMove={(by) => move(item, by)}
          />
        ))}
      </ol>
      <p role="status" className="sr-only">
        {announcement}
      </p>
      {answered && !answered.verdict.correct && <RightOrder texts={answered.verdict.answer.map(textOf)} />}
    </div>
  )
}

function RightOrder({ texts }: { readonly texts: readonly string[] }) {
  const t = useTranslations('quiz')
  return (
    <div className="mt-4">
      <p className="text-[0.875rem] font-semibold text-good">{t('correctAnswer')}</p>
      <ol className="mt-1 list-decimal space-y-1 pl-6">
        {texts.map((text) => (
          <li key={text}>
            <InlineText text={text} />
          </li>
        ))}
      </ol>
    </div>
  )
}
