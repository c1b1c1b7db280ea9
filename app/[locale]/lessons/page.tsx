import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DoneMark, EntryCard, SoFar } from '@/components/site/entry-card.tsx'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { listLessons } from '@/curriculum/lessons.ts'
import { pageLocale } from '@/i18n/locale-params.ts'
import { currentLearner } from '@/server/data/learner.ts'
import { lessonProgress } from '@/server/data/progress.ts'

interface LessonsPageProps {
  readonly params: Promise<{ locale: string }>
}

export async function generateMetadata({ params }: LessonsPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await pageLocale(params), namespace: 'lessons' })
  return { title: t('title'), description: t('lead') }
}

export default async function LessonsPage({ params }: LessonsPageProps) {
  const locale = await pageLocale(params)
  const [t, lessons, progress] = await Promise.all([
    getTranslations(),
    listLessons(locale),
    lessonProgress(await currentLearner()),
  ])
  const visits = new Map(progress.map((visit) => [visit.slug, visit]))
  return (
    <PageFrame title={t('lessons.title')} lead={t('lessons.lead')}>
      {lessons.length === 0 && <p className="text-ink-soft">{t('lessons.empty')}</p>}
      <ol className="space-y-3">
        {lessons.map(({ slug, title, summary, minutes }) => {
          const visit = visits.get(slug)
          return (
            <EntryCard
              key={slug}
              href={`/lessons/${slug}`}
              title={title}
              summary={summary}
              facts={[t('site.minutes', { minutes })]}
              mark={
                visit?.completedAt ? (
                  <DoneMark>{t('lessons.done')}</DoneMark>
                ) : (
                  visit && <SoFar>{t('lessons.started')}</SoFar>
                )
              }
            />
          )
        })}
      </ol>
    </PageFrame>
  )
}
