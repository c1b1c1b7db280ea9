import { useTranslations } from 'next-intl'
import { Link } from '../../i18n/navigation.ts'

export function Footer() {
  const t = useTranslations()
  const link = 'underline underline-offset-4 hover:text-ink'
  return (
    <footer className="mt-auto border-t border-line bg-surface px-4 py-8 text-[0.875rem] text-ink-soft sm:px-6">
      <div className="mx-auto flex max-w-6xl flex-wrap items-baseline justify-between gap-x-10 gap-y-3">
        <p className="max-w-2xl">{t('site.notice')}</p>
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          <Link href="/cheat-sheets" prefetch={false} className={link}>
            {t('cheatSheets.title')}
          </Link>
          <Link href="/shortcuts" prefetch={false} className={link}>
            {t('site.shortcutsLink')}
          </Link>
        </div>
      </div>
    </footer>
  )
}
