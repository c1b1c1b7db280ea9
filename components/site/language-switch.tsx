'use client'
import { useLocale, useTranslations } from 'next-intl'
import { Link, usePathname } from '../../i18n/navigation.ts'
import { routing } from '../../i18n/routing.ts'

/** Goes to the same page in the other language; the choice is kept in a cookie. */
export function LanguageSwitch() {
  const t = useTranslations('language')
  const current = useLocale()
  const pathname = usePathname()
  return (
    <fieldset className="flex items-center rounded-lg border border-line text-[0.8125rem]">
      <legend className="sr-only">{t('label')}</legend>
      {routing.locales.map((locale) => (
        <Link
          key={locale}
          href={pathname}
          locale={locale}
          lang={locale}
          hrefLang={locale}
          prefetch={false}
          aria-label={t(locale)}
          aria-current={locale === current ? 'true' : undefined}
          className={`grid min-h-8 min-w-9 place-items-center rounded-[7px] px-1.5 font-medium uppercase ${
            locale === current ? 'bg-surface text-ink max-sm:hidden' : 'text-ink-soft hover:text-ink'
          }`}
        >
          {locale}
        </Link>
      ))}
    </fieldset>
  )
}
