'use client'
import { useTranslations } from 'next-intl'

export type ViewMode = 'diagram' | 'list'

interface ViewSwitchProps {
  readonly mode: ViewMode
  readonly onMode: (mode: ViewMode) => void
}

/** Drawing or list. */
export function ViewSwitch({ mode, onMode }: ViewSwitchProps) {
  const t = useTranslations('topology')
  return (
    // biome-ignore lint/a11y/useSemanticElements: two toggles, not a form's fieldset
    <div role="group" aria-label={t('view')} className="flex rounded-md border border-line text-xs">
      {(['diagram', 'list'] as const).map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={mode === name}
          onClick={() => onMode(name)}
          className="h-6.5 rounded-[5px] px-2.5 text-ink-soft aria-pressed:bg-raised aria-pressed:font-semibold aria-pressed:text-ink"
        >
          {t(name)}
        </button>
      ))}
    </div>
  )
}
