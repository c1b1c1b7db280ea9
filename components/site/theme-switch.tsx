'use client'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { Icon } from '../ui/icons.tsx'
import { chooseTheme, onThemeChange, shownTheme } from './theme.ts'

export function ThemeSwitch() {
  const t = useTranslations('theme')
  const theme = useSyncExternalStore(onThemeChange, shownTheme, () => 'light')
  const label = theme === 'dark' ? t('toLight') : t('toDark')
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => chooseTheme(theme === 'dark' ? 'light' : 'dark')}
      className="grid size-9 place-items-center rounded-lg text-ink-soft hover:bg-surface hover:text-ink"
    >
      <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
    </button>
  )
}
