import { getTranslations } from 'next-intl/server'
import { TrackOverview } from '@/components/course/track-overview.tsx'
import { HomeTerminal } from '@/components/site/home-terminal.tsx'
import { buttonClass } from '@/components/ui/button.tsx'
import { Icon } from '@/components/ui/icons.tsx'
import { WorkspaceProvider } from '@/components/workspace/provider.tsx'
import { pageLocale } from '@/i18n/locale-params.ts'
import { Link } from '@/i18n/navigation.ts'
import { currentLearner } from '@/server/data/learner.ts'
import { loadCourseMap } from '../course-map.ts'
import { workspaceActions } from '../workspace.ts'

interface HomePageProps {
  readonly params: Promise<{ locale: string }>
}

export default async function HomePage({ params }: HomePageProps) {
  const locale = await pageLocale(params)
  const [t, { begun, next, tracks }] = await Promise.all([
    getTranslations('home'),
    loadCourseMap(locale, await currentLearner()),
  ])
  return (
    <WorkspaceProvider workspace="home" locale={locale} actions={workspaceActions}>
      <main id="content" tabIndex={-1} className="outline-none">
        <section className="mx-auto grid max-w-[88rem] items-center gap-x-14 gap-y-8 px-4 pt-10 pb-12 sm:px-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:pt-16 lg:pb-20">
          <div>
            <p className="mb-3 text-[0.9375rem] font-semibold text-accent">{t('exams')}</p>
            <h1 className="text-[2.125rem] leading-[1.25] font-bold sm:text-[2.75rem]">{t('title')}</h1>
            <p className="mt-5 max-w-[36em] text-[1.125rem] leading-8 text-ink-soft">{t('lead')}</p>
            <div className="mt-8 flex flex-wrap gap-3">
              {next && (
                <Link href={next.href} className={buttonClass('primary')}>
                  {begun ? t('continue') : t('start')}
                  <Icon name="right" />
                </Link>
              )}
              <Link href="/exercises" className={buttonClass('plain')}>
                {t('practise')}
              </Link>
            </div>
            {begun && next && <p className="mt-3 text-[0.9375rem] text-ink-soft">{t('left', { title: next.title })}</p>}
          </div>
          <section aria-label={t('terminalLabel')} className="min-w-0">
            <div className="h-[24rem] overflow-hidden rounded-xl border border-line-strong shadow-lg shadow-black/5">
              <HomeTerminal />
            </div>
            <p className="mt-3 text-center text-[0.875rem] text-ink-soft">{t('tryIt')}</p>
          </section>
        </section>
        <div className="mx-auto max-w-5xl px-4 pb-20 sm:px-6">
          <TrackOverview tracks={tracks} />
          <h2 className="mt-16 text-[1.375rem] font-bold">{t('how')}</h2>
          <dl className="mt-4 grid gap-6 sm:grid-cols-3">
            {(['how1', 'how2', 'how3'] as const).map((key) => (
              <div key={key} className="border-t-2 border-accent pt-3">
                <dt className="font-semibold">{t(key)}</dt>
                <dd className="mt-1 text-[0.9375rem] leading-7 text-ink-soft">{t(`${key}Text`)}</dd>
              </div>
            ))}
          </dl>
        </div>
      </main>
    </WorkspaceProvider>
  )
}
