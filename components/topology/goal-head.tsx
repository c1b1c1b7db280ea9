'use client'
import { useTranslations } from 'next-intl'
import type { GoalView } from '../../curriculum/goal-picture/goal-view.ts'

/** How far the present is from the goal; said aloud when it changes. */
export function GoalLeft({ view }: { readonly view: GoalView }) {
  const t = useTranslations('goal')
  return (
    <span role="status" className={`text-xs ${view.left === 0 ? 'font-semibold text-good' : 'text-ink-soft'}`}>
      {view.left === 0 ? (
        <>
          <span aria-hidden="true">✓ </span>
          {t('reached')}
        </>
      ) : (
        t('left', { count: view.left })
      )}
    </span>
  )
}

export type Side = 'now' | 'goal'

interface SideSwitchProps {
  readonly side: Side
  readonly onSide: (side: Side) => void
  /** Differences left, once the goal is known. */
  readonly left: number | undefined
}

/** On narrow screens: the present or the goal. */
export function SideSwitch({ side, onSide, left }: SideSwitchProps) {
  const t = useTranslations('goal')
  return (
    // biome-ignore lint/a11y/useSemanticElements: two toggles, not a form's fieldset
    <div role="group" aria-label={t('switch')} className="flex rounded-md border border-line text-xs">
      {(['now', 'goal'] as const).map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={side === name}
          onClick={() => onSide(name)}
          className="h-6.5 rounded-[5px] px-2.5 text-ink-soft aria-pressed:bg-raised aria-pressed:font-semibold aria-pressed:text-ink"
        >
          {t(name)}
          {name === 'goal' && left !== undefined && (
            <span className={left === 0 ? 'text-good' : ''}>
              {' '}
              <span aria-hidden="true">{left === 0 ? '✓' : left}</span>
              <span className="sr-only">{left === 0 ? t('reached') : t('left', { count: left })}</span>
            </span>
          )}
        </button>
      ))}
    </div>
  )
}
