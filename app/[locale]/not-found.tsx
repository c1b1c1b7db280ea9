import { getLocale, getTranslations } from 'next-intl/server'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { TitleSearch } from '@/components/site/title-search.tsx'
import { buttonClass } from '@/components/ui/button.tsx'
import { Link } from '@/i18n/navigation.ts'
import { allTitles } from '../titles.ts'

export default async function NotFound() {
  const [t, locale] = await Promise.all([getTranslations('notFound'), getLocale()])
  return (
    <PageFrame title={t('title')} lead={t('text')} narrow>
      <TitleSearch titles={await allTitles(locale)} />
      <Link href="/" className={`${buttonClass('plain')} mt-8`}>
        {t('home')}
      </Link>
    </PageFrame>
  )
}
