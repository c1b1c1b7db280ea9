import { getMDXComponent } from 'mdx-bundler/client'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { onwardTitles } from '@/app/onward.ts'
import { PrintButton } from '@/components/cheat-sheet/print-button.tsx'
import { sheetComponents } from '@/components/cheat-sheet/sheet-components.tsx'
import { mdxComponents } from '@/components/lesson/mdx-components.tsx'
import { cheatSheetSlugs, loadCheatSheet } from '@/curriculum/cheat-sheets.ts'
import { pageLocale } from '@/i18n/locale-params.ts'
import { Link } from '@/i18n/navigation.ts'

interface CheatSheetPageProps {
  readonly params: Promise<{ locale: string; slug: string }>
}

export const dynamicParams = false
export const generateStaticParams = () => cheatSheetSlugs().map((slug) => ({ slug }))

export async function generateMetadata({ params }: CheatSheetPageProps): Promise<Metadata> {
  const sheet = await loadCheatSheet((await params).slug, await pageLocale(params))
  return sheet ? { title: sheet.meta.title, description: sheet.meta.summary } : {}
}

/** One sheet: two columns on wide screens, one page of A4 on paper. */
export default async function CheatSheetPage({ params }: CheatSheetPageProps) {
  const locale = await pageLocale(params)
  const sheet = await loadCheatSheet((await params).slug, locale)
  if (!sheet) notFound()
  const [t, titles] = await Promise.all([getTranslations('cheatSheets'), onwardTitles(locale)])
  const Text = getMDXComponent(sheet.code)
  return (
    <main
      id="content"
      tabIndex={-1}
      className="sheet-page mx-auto w-full max-w-6xl px-4 pt-8 pb-20 outline-none sm:px-6"
    >
      <div className="sheet-tools flex flex-wrap items-center justify-between gap-3">
        <Link href="/cheat-sheets" className="text-[0.9375rem] text-accent underline underline-offset-4">
          {t('all')}
        </Link>
        <PrintButton>{t('print')}</PrintButton>
      </div>
      <article className="sheet mt-5">
        <header>
          <h1>{sheet.meta.title}</h1>
          <p>{sheet.meta.summary}</p>
        </header>
        <div className="sheet-columns">
          <Text components={{ ...mdxComponents(titles), ...sheetComponents }} />
        </div>
        <p className="sheet-foot">{t('foot')}</p>
      </article>
    </main>
  )
}
