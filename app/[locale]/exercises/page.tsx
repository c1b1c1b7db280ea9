import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { groupByTrack, loadCourse } from '@/app/course.ts'
import { domainLabels } from '@/app/domain-labels.ts'
import { DomainFilter } from '@/components/course/domain-filter.tsx'
import { DoneMark, EntryCard, EntryGroup, SoFar } from '@/components/site/entry-card.tsx'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { DOMAIN_IDS } from '@/curriculum/domains.ts'
import { listExercises } from '@/curriculum/exercises.ts'
import { stepState } from '@/curriculum/steps.ts'
import { pageLocale } from '@/i18n/locale-params.ts'
import { currentLearner } from '@/server/data/learner.ts'
import { standing } from '@/server/data/standing.ts'

interface ExercisesPageProps {
  readonly params: Promise<{ locale: string }>
  readonly searchParams: Promise<{ readonly domain?: string | string[] }>
}

export async function generateMetadata({ params }: ExercisesPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await pageLocale(params), namespace: 'exercises' })
  return { title: t('title'), description: t('lead') }
}

export default async function ExercisesPage({ params, searchParams }: ExercisesPageProps) {
  const locale = await pageLocale(params)
  const [t, course, exercises, mine, wanted] = await Promise.all([
    getTranslations(),
    loadCourse(locale),
    listExercises(),
    standing(await currentLearner()),
    searchParams,
  ])
  const domain = DOMAIN_IDS.find((id) => id === wanted.domain)
  const chosen = exercises.filter(({ domains }) => domain === undefined || domains.includes(domain))
  const groups = groupByTrack(course, 'exercise', chosen)
  const choices = DOMAIN_IDS.flatMap((id) => {
    const count = exercises.filter(({ domains }) => domains.includes(id)).length
    return count === 0 ? [] : domainLabels([id], locale).map((label) => ({ id, label, count }))
  })
  return (
    <PageFrame title={t('exercises.title')} lead={t('exercises.lead')}>
      {exercises.length === 0 && <p className="text-ink-soft">{t('exercises.empty')}</p>}
      <DomainFilter href="/exercises" choices={choices} chosen={domain} />
      {groups.map(({ track, entries }) => (
        <EntryGroup key={track?.slug ?? ''} title={track?.title ?? t('map.more')}>
          {entries.map(({ slug, title, minutes, points, difficulty, domains }) => {
            const { state, score } = stepState({ kind: 'exercise', slug }, mine) ?? {}
            return (
              <EntryCard
                key={slug}
                href={`/exercises/${slug}`}
                title={title[locale]}
                facts={[t('site.minutes', { minutes }), t('site.points', { points }), t(`exercises.${difficulty}`)]}
                domains={domainLabels(domains, locale)}
                mark={
                  state === 'done' ? (
                    <DoneMark>{t('exercises.passed')}</DoneMark>
                  ) : (
                    score && <SoFar>{t('exercises.best', { points: score.got, outOf: score.outOf })}</SoFar>
                  )
                }
              />
            )
          })}
        </EntryGroup>
      ))}
    </PageFrame>
  )
}
