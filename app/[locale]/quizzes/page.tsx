import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DoneMark, EntryCard, SoFar } from '@/components/site/entry-card.tsx'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { listQuizzes } from '@/curriculum/quizzes.ts'
import { pageLocale } from '@/i18n/locale-params.ts'
import { currentLearner } from '@/server/data/learner.ts'
import { overview } from '@/server/data/progress.ts'

interface QuizzesPageProps {
  readonly params: Promise<{ locale: string }>
}

export async function generateMetadata({ params }: QuizzesPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await pageLocale(params), namespace: 'quizzes' })
  return { title: t('title'), description: t('lead') }
}

export default async function QuizzesPage({ params }: QuizzesPageProps) {
  const locale = await pageLocale(params)
  const [t, quizzes, progress] = await Promise.all([
    getTranslations('quizzes'),
    listQuizzes(locale),
    overview(await currentLearner()),
  ])
  const done = new Map(progress.quizzes.map((one) => [one.slug, one]))
  return (
    <PageFrame title={t('title')} lead={t('lead')}>
      {quizzes.length === 0 && <p className="text-ink-soft">{t('empty')}</p>}
      <ul className="space-y-3">
        {quizzes.map(({ slug, title, questions }) => {
          const mine = done.get(slug)
          const marks = mine && t('answered', { correct: mine.correct, total: questions })
          return (
            <EntryCard
              key={slug}
              href={`/quizzes/${slug}`}
              title={title}
              facts={[t('questions', { count: questions })]}
              mark={mine && (mine.correct === questions ? <DoneMark>{marks}</DoneMark> : <SoFar>{marks}</SoFar>)}
            />
          )
        })}
      </ul>
    </PageFrame>
  )
}
