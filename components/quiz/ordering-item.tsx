'use client'
import { useTranslations } from 'next-intl'
import { Icon } from '../ui/icons.tsx'
import { InlineText } from '../ui/inline-text.tsx'

interface OrderingItemProps {
  readonly text: string
  readonly place: { readonly at: number; readonly of: number }
  /** Whether it stands where it belongs; undefined while the question is open. */
  readonly right: boolean | undefined
  readonly dragged: boolean
  readonly onDrag: (on: boolean) => void
  readonly onDragOver: () => void
  readonly onMove: (by: -1 | 1) => void
}

/** One line of an ordering question. */
export function OrderingItem({ text, place, right, dragged, onDrag, onDragOver, onMove }: OrderingItemProps) {
  const look = right === undefined ? 'cursor-grab border-line-strong' : right ? 'border-good' : 'border-bad'
  return (
    <li
      draggable={right === undefined}
      onDragStart={() => onDrag(true)}
      onDragEnd={() => onDrag(false)}
      onDragEnter={onDragOver}
      onDragOver={(event) => event.preventDefault()}
      className={`flex items-center gap-3 rounded-lg border bg-raised py-1.5 pr-2 pl-4 ${look} ${dragged ? 'opacity-50' : ''}`}
    >
      <span className="w-5 text-sm font-semibold tabular-nums text-ink-soft">{place.at + 1}</span>
      <span className="min-w-0 flex-1 py-1.5">
        <InlineText text={text} />
      </span>
      {right === undefined ? (
        <Arrows text={text} place={place} onMove={onMove} />
      ) : (
        <Icon
          name={right ? 'check' : 'cross'}
          strokeWidth="2"
          className={`size-4 ${right ? 'text-good' : 'text-bad'}`}
        />
      )}
    </li>
  )
}

function Arrows({ text, place, onMove }: Pick<OrderingItemProps, 'text' | 'place' | 'onMove'>) {
  const t = useTranslations('quiz')
  const look =
    'grid size-9 place-items-center rounded-md text-ink-soft hover:bg-surface hover:text-ink disabled:opacity-40'
  return (
    <span className="flex">
      <button
        type="button"
        className={look}
        disabled={place.at === 0}
        aria-label={t('up', { item: text })}
        onClick={() => onMove(-1)}
      >
        <Icon name="up" />
      </button>
      <button
        type="button"
        className={look}
        disabled={place.at === place.of - 1}
        aria-label={t('down', { item: text })}
        onClick={() => onMove(1)}
      >
        <Icon name="down" />
      </button>
    </span>
  )
}
