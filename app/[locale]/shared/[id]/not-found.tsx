'use client'
import { useTranslations } from 'next-intl'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { buttonClass } from '@/components/ui/button.tsx'
import { Link } from '@/i18n/navigation.ts'

/** A link that was never there, or is no more. */
export default function SharedNotFound() {
  const t = useTranslations('shared')
  return (
    <PageFrame title={t('goneTitle')} lead={t('goneText')} narrow>
      <Link href="/lessons" className={`${buttonClass('primary')} mt-2`}>
        {t('lessons')}
      </Link>
    </PageFrame>
  )
}
