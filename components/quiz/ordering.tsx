'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { QuestionView } from '../../curriculum/types.ts'
import { Icon } from '../ui/icons.tsx'
import { InlineText } from '../ui/inline-text.tsx'
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
  const total = draft.length
  const move = (item: string, by: -1 | 1) => {
    const next = moveItem(draft, item, by)
    onChange(next)
    setAnnouncement(t('moved', { item: textOf(item), position: next.indexOf(item) + 1, total }))
  }
  const dragOver = (item: string) => {
    if (!dragged || dragged === item) return
    const target = draft.indexOf(item)
    const rest = draft.filter((other) => other !== dragged)
    onChange([...rest.slice(0, target), dragged, ...rest.slice(target)])
  }
  const arrow =
    'grid size-9 place-items-center rounded-md text-ink-soft hover:bg-surface hover:text-ink disabled:opacity-40'
  return (
    <div>
      <ol aria-labelledby={id} className="space-y-2">
        {draft.map((item, i) => {
          const right = answered && answered.verdict.answer[i] === item
          return (
            <li
              key={item}
              draggable={!answered}
              onDragStart={() => setDragged(item)}
              onDragEnd={() => setDragged(undefined)}
              onDragEnter={() => dragOver(item)}
              onDragOver={(event) => event.preventDefault()}
              className={`flex items-center gap-3 rounded-lg border bg-raised py-1.5 pr-2 pl-4 ${
                answered ? (right ? 'border-good' : 'border-bad') : 'cursor-grab border-line-strong'
              } ${dragged === item ? 'opacity-50' : ''}`}
            >
              <span className="w-5 text-sm font-semibold tabular-nums text-ink-soft">{i + 1}</span>
              <span className="min-w-0 flex-1 py-1.5">
                <InlineText text={textOf(item)} />
              </span>
              {answered ? (
                <Icon
                  name={right ? 'check' : 'cross'}
                  strokeWidth="2"
                  className={`size-4 ${right ? 'text-good' : 'text-bad'}`}
                />
              ) : (
                <span className="flex">
                  <button
                    type="button"
                    className={arrow}
                    disabled={i === 0}
                    aria-label={t('up', { item: textOf(item) })}
                    onClick={() => move(item, -1)}
                  >
                    <Icon name="up" />
                  </button>
                  <button
                    type="button"
                    className={arrow}
                    disabled={i === total - 1}
                    aria-label={t('down', { item: textOf(item) })}
                    onClick={() => move(item, 1)}
                  >
                    <Icon name="down" />
                  </button>
                </span>
              )}
            </li>
          )
        })}
      </ol>
      <p role="status" className="sr-only">
        {announcement}
      </p>
      {answered && !answered.verdict.correct && (
        <div className="mt-4">
          <p className="text-[0.875rem] font-semibold text-good">{t('correctAnswer')}</p>
          <ol className="mt-1 list-decimal space-y-1 pl-6">
            {answered.verdict.answer.map((item) => (
              <li key={item}>
                <InlineText text={textOf(item)} />
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  )
}
