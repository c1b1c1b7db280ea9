import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { AnswerLine } from '@/components/search/answer-line.tsx'
import { SearchForm } from '@/components/search/search-form.tsx'
import { SearchResults } from '@/components/search/search-results.tsx'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { find, QUERY_LENGTH } from '@/curriculum/search/find.ts'
import { pageLocale } from '@/i18n/locale-params.ts'
import { currentLearner } from '@/server/data/learner.ts'
import { maySearch } from '@/server/data/search-allowance.ts'

interface SearchPageProps {
  readonly params: Promise<{ locale: string }>
  readonly searchParams: Promise<{ readonly q?: unknown }>
}

/** Passages on the page of results. */
const SHOWN = 60
const askedSchema = z
  .string()
  .trim()
  .transform((q) => q.slice(0, QUERY_LENGTH))
  .catch('')

export async function generateMetadata({ params }: SearchPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await pageLocale(params), namespace: 'search' })
  return { title: t('page'), description: t('lead'), robots: { index: false } }
}

/** Search as a page of its own: an address to keep, and the way for browsers without scripts. */
export default async function SearchPage({ params, searchParams }: SearchPageProps) {
  const locale = await pageLocale(params)
  const t = await getTranslations('search')
  const query = askedSchema.parse((await searchParams).q)
  const allowed = query === '' || maySearch(await currentLearner())
  const answer = query && allowed ? await find(query, locale, SHOWN) : undefined
  return (
    <PageFrame title={t('page')} lead={t('lead')}>
      <SearchForm query={query} />
      <p role="status" className="mt-4 mb-2 min-h-6 text-[0.9375rem] text-ink-soft">
        {!allowed ? t('busy') : answer ? <AnswerLine answer={answer} query={query} /> : t('empty')}
      </p>
      {answer && <SearchResults results={answer.results} />}
    </PageFrame>
  )
}
