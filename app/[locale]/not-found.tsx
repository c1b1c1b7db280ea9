'use client'
import { useTranslations } from 'next-intl'
import { SearchForm } from '@/components/search/search-form.tsx'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { buttonClass } from '@/components/ui/button.tsx'
import { Link } from '@/i18n/navigation.ts'

// Next draws this beside every page, before the page has told its language: on the client side it is known already.
export default function NotFound() {
  const t = useTranslations('notFound')
  return (
    <PageFrame title={t('title')} lead={t('text')} narrow>
      <SearchForm />
      <Link href="/" className={`${buttonClass('plain')} mt-8`}>
        {t('home')}
      </Link>
    </PageFrame>
  )
}
