import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DoneMark, EntryCard, SoFar } from '@/components/site/entry-card.tsx'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { listExercises } from '@/curriculum/exercises.ts'
import { pageLocale } from '@/i18n/locale-params.ts'
import { currentLearner } from '@/server/data/learner.ts'
import { overview } from '@/server/data/progress.ts'

interface ExercisesPageProps {
  readonly params: Promise<{ locale: string }>
}

export async function generateMetadata({ params }: ExercisesPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await pageLocale(params), namespace: 'exercises' })
  return { title: t('title'), description: t('lead') }
}

export default async function ExercisesPage({ params }: ExercisesPageProps) {
  const locale = await pageLocale(params)
  const [t, exercises, progress] = await Promise.all([
    getTranslations(),
    listExercises(),
    overview(await currentLearner()),
  ])
  const done = new Map(progress.exercises.map((one) => [one.slug, one]))
  return (
    <PageFrame title={t('exercises.title')} lead={t('exercises.lead')}>
      {exercises.length === 0 && <p className="text-ink-soft">{t('exercises.empty')}</p>}
      <ul className="space-y-3">
        {exercises.map(({ slug, title, minutes, points, difficulty }) => {
          const mine = done.get(slug)
          return (
            <EntryCard
              key={slug}
              href={`/exercises/${slug}`}
              title={title[locale]}
              facts={[t('site.minutes', { minutes }), t('site.points', { points }), t(`exercises.${difficulty}`)]}
              mark={
                mine?.passedAt ? (
                  <DoneMark>{t('exercises.passed')}</DoneMark>
                ) : (
                  mine &&
                  mine.checks > 0 && <SoFar>{t('exercises.best', { points: mine.bestPoints, outOf: points })}</SoFar>
                )
              }
            />
          )
        })}
      </ul>
    </PageFrame>
  )
}
