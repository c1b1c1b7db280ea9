import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DoneMark, EntryCard, SoFar } from '@/components/site/entry-card.tsx'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { listLessons } from '@/curriculum/lessons.ts'
import { listTracks } from '@/curriculum/tracks.ts'
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
      {listTracks().map((track, i) => (
        <section key={track.slug} aria-labelledby={track.slug} className="mt-10 first:mt-0">
          <h2 id={track.slug} className="text-[1.25rem] font-bold">
            {i + 1}. {track.title[locale]}
          </h2>
          <p className="mt-1 mb-4 text-ink-soft">{track.summary[locale]}</p>
          <ol className="space-y-3">
            {lessons
              .filter((lesson) => track.lessons.includes(lesson.slug))
              .map(({ slug, title, summary, minutes }) => (
                <EntryCard
                  key={slug}
                  level="h3"
                  href={`/lessons/${slug}`}
                  title={title}
                  summary={summary}
                  facts={[t('site.minutes', { minutes })]}
                  mark={progressMark(visits.get(slug), t('lessons.done'), t('lessons.started'))}
                />
              ))}
          </ol>
        </section>
      ))}
    </PageFrame>
  )
}

function progressMark(visit: { readonly completedAt: number | undefined } | undefined, done: string, started: string) {
  if (!visit) return undefined
  return visit.completedAt ? <DoneMark>{done}</DoneMark> : <SoFar>{started}</SoFar>
}
