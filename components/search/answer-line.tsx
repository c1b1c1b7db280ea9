import { useTranslations } from 'next-intl'
import type { SearchAnswer } from '../../curriculum/search/find.ts'

/** What a search gave, in a sentence. */
export function AnswerLine({ answer, query }: { readonly answer: SearchAnswer; readonly query: string }) {
  const t = useTranslations('search')
  const { total, partial, results } = answer
  if (total === 0) return t('none', { query })
  if (partial) return t('partial', { count: total })
  return results.length < total ? t('more', { count: total, shown: results.length }) : t('count', { count: total })
}
