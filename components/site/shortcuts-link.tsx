'use client'
import { useTranslations } from 'next-intl'
import { showShortcutsEvent } from '../workspace/page-events.ts'

export function ShortcutsLink() {
  const t = useTranslations('site')
  return (
    <button
      type="button"
      className="underline underline-offset-4 hover:text-ink"
      onClick={() => window.dispatchEvent(new Event(showShortcutsEvent))}
    >
      {t('shortcutsLink')}
    </button>
  )
}
