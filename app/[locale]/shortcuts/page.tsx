import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { ShortcutList } from '@/components/site/shortcut-list.tsx'
import { pageLocale } from '@/i18n/locale-params.ts'

interface ShortcutsPageProps {
  readonly params: Promise<{ locale: string }>
}

export async function generateMetadata({ params }: ShortcutsPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await pageLocale(params), namespace: 'shortcuts' })
  return { title: t('title'), description: t('intro') }
}

export default async function ShortcutsPage({ params }: ShortcutsPageProps) {
  await pageLocale(params)
  const t = await getTranslations('shortcuts')
  return (
    <PageFrame title={t('title')} lead={t('intro')} narrow>
      <ShortcutList level="h2" />
    </PageFrame>
  )
}
