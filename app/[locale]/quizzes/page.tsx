import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { groupByTrack, loadCourse } from '@/app/course.ts'
import { domainLabels } from '@/app/domain-labels.ts'
import { DoneMark, EntryCard, EntryGroup, SoFar } from '@/components/site/entry-card.tsx'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { listQuizzes } from '@/curriculum/quizzes.ts'
import { stepState } from '@/curriculum/steps.ts'
import { pageLocale } from '@/i18n/locale-params.ts'
import { currentLearner } from '@/server/data/learner.ts'
import { standing } from '@/server/data/standing.ts'

interface QuizzesPageProps {
  readonly params: Promise<{ locale: string }>
}

export async function generateMetadata({ params }: QuizzesPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await pageLocale(params), namespace: 'quizzes' })
  return { title: t('title'), description: t('lead') }
}

export default async function QuizzesPage({ params }: QuizzesPageProps) {
  const locale = await pageLocale(params)
  const [t, course, quizzes, mine] = await Promise.all([
    getTranslations('quizzes'),
    loadCourse(locale),
    listQuizzes(locale),
    standing(await currentLearner()),
  ])
  return (
    <PageFrame title={t('title')} lead={t('lead')}>
      {quizzes.length === 0 && <p className="text-ink-soft">{t('empty')}</p>}
      {groupByTrack(course, 'quiz', quizzes).map(({ track, entries }) => (
        <EntryGroup key={track?.slug ?? ''} title={track?.title ?? t('more')}>
          {entries.map(({ slug, title, questions, domains }) => {
            const { state, score } = stepState({ kind: 'quiz', slug }, mine) ?? {}
            const marks = score && t('answered', { correct: score.got, total: score.outOf })
            return (
              <EntryCard
                key={slug}
                href={`/quizzes/${slug}`}
                title={title}
                facts={[t('questions', { count: questions })]}
                domains={domainLabels(domains, locale)}
                mark={marks && (state === 'done' ? <DoneMark>{marks}</DoneMark> : <SoFar>{marks}</SoFar>)}
              />
            )
          })}
        </EntryGroup>
      ))}
    </PageFrame>
  )
}
