import { useTranslations } from 'next-intl'
import { Link } from '../../i18n/navigation.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { NavLink } from './nav-link.tsx'
import { PageKeys } from './page-keys.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { Wordmark } from './wordmark.tsx'

export function Header() {
  const t = useTranslations('site')
  return (
    <header className="sticky top-0 z-40 h-(--header) border-b border-line bg-paper/95 backdrop-blur-sm">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-lg bg-accent px-4 py-2 text-accent-ink focus-visible:translate-y-0"
      >
        {t('skip')}
      </a>
      <div className="flex h-full items-center gap-1 px-3 sm:gap-4 sm:px-6">
        <Link href="/" aria-label={t('name')} className="rounded-lg py-1">
          <Wordmark />
        </Link>
        <nav aria-label={t('mainNav')} className="flex items-center">
          <NavLink href="/lessons">{t('course')}</NavLink>
          <NavLink href="/exercises">{t('exercises')}</NavLink>
          <NavLink href="/quizzes">{t('quizzes')}</NavLink>
        </nav>
        <div className="ml-auto flex items-center gap-0.5 sm:gap-1.5">
          <PageKeys />
          <ThemeSwitch />
          <LanguageSwitch />
        </div>
      </div>
    </header>
  )
}
