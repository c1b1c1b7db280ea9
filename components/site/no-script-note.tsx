import { useTranslations } from 'next-intl'

/** What a page with a terminal says where scripts do not run. */
export function NoScriptNote() {
  const t = useTranslations('site')
  return (
    <noscript>
      <p className="my-6 rounded-lg bg-warn-wash px-4 py-3">{t('noScript')}</p>
    </noscript>
  )
}
