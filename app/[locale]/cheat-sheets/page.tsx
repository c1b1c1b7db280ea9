import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SheetCard } from '@/components/cheat-sheet/sheet-card.tsx'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { listCheatSheets } from '@/curriculum/cheat-sheets.ts'
import { pageLocale } from '@/i18n/locale-params.ts'

interface CheatSheetsPageProps {
  readonly params: Promise<{ locale: string }>
}

export async function generateMetadata({ params }: CheatSheetsPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await pageLocale(params), namespace: 'cheatSheets' })
  return { title: t('title'), description: t('lead') }
}

export default async function CheatSheetsPage({ params }: CheatSheetsPageProps) {
  const locale = await pageLocale(params)
  const t = await getTranslations('cheatSheets')
  return (
    <PageFrame title={t('title')} lead={t('lead')}>
      <ul className="grid gap-3 sm:grid-cols-2">
        {listCheatSheets(locale).map(({ slug, title, summary }) => (
          <SheetCard key={slug} slug={slug} title={title} summary={summary} />
        ))}
      </ul>
    </PageFrame>
  )
}
