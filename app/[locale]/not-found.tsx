'use client'
import { useTranslations } from 'next-intl'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { TitleSearch } from '@/components/site/title-search.tsx'
import { buttonClass } from '@/components/ui/button.tsx'
import { Link } from '@/i18n/navigation.ts'

// Next draws this beside every page, before the page has told its language: on the client side it is known already.
export default function NotFound() {
  const t = useTranslations('notFound')
  return (
    <PageFrame title={t('title')} lead={t('text')} narrow>
      <TitleSearch />
      <Link href="/" className={`${buttonClass('plain')} mt-8`}>
        {t('home')}
      </Link>
    </PageFrame>
  )
}
