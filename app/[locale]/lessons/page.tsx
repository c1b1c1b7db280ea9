import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { loadCourseMap } from '@/app/course-map.ts'
import { ExamDomains } from '@/components/course/exam-domains.tsx'
import { NextCard } from '@/components/course/next-card.tsx'
import { StepRow } from '@/components/course/step-row.tsx'
import { TallyLines } from '@/components/course/tally-lines.tsx'
import { TrackDetails } from '@/components/course/track-details.tsx'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { pageLocale } from '@/i18n/locale-params.ts'
import { currentLearner } from '@/server/data/learner.ts'

interface CourseMapPageProps {
  readonly params: Promise<{ locale: string }>
}

export async function generateMetadata({ params }: CourseMapPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await pageLocale(params), namespace: 'map' })
  return { title: t('title'), description: t('lead') }
}

/** The course map: everything there is to do in its order, with progress by track and by exam domain. */
export default async function CourseMapPage({ params }: CourseMapPageProps) {
  const locale = await pageLocale(params)
  const [t, map] = await Promise.all([getTranslations('map'), loadCourseMap(locale, await currentLearner())])
  return (
    <PageFrame title={t('title')} lead={t('lead')}>
      <NextCard begun={map.begun} next={map.next} />
      <section aria-labelledby="whole" className="mt-8">
        <h2 id="whole" className="text-[1.25rem] font-bold">
          {t('whole')}
        </h2>
        <TallyLines
          label={t('whole')}
          tally={map.whole}
          inRow
          className="mt-3 rounded-2xl border border-line bg-raised p-5"
        />
      </section>
      <section aria-labelledby="tracks" className="mt-12">
        <h2 id="tracks" className="text-[1.25rem] font-bold">
          {t('byTrack')}
        </h2>
        <ol className="mt-4 space-y-3">
          {map.tracks.map((track, i) => (
            <TrackDetails key={track.slug} track={track} number={i + 1} next={map.next} />
          ))}
        </ol>
        {map.more.length > 0 && (
          <>
            <h3 className="mt-8 text-[1.0625rem] font-semibold">{t('more')}</h3>
            <ul className="mt-2">
              {map.more.map((row) => (
                <StepRow key={row.href} row={row} isNext={row.href === map.next?.href} />
              ))}
            </ul>
          </>
        )}
      </section>
      <section aria-labelledby="domains" className="mt-12">
        <h2 id="domains" className="text-[1.25rem] font-bold">
          {t('byDomain')}
        </h2>
        <p className="mt-1 text-[0.9375rem] leading-7 text-ink-soft">{t('byDomainLead')}</p>
        {map.exams.map((exam) => (
          <ExamDomains key={exam.exam} exam={exam} />
        ))}
      </section>
    </PageFrame>
  )
}
