import { useTranslations } from 'next-intl'
import { Link } from '../../i18n/navigation.ts'
import { ProgressBar } from '../site/progress-bar.tsx'
import { Icon } from '../ui/icons.tsx'
import type { MapTrack } from './course-map.ts'

/** The tracks of the course in short, each with how much of it is done; every one leads to its place on the map. */
export function TrackOverview({ tracks }: { readonly tracks: readonly MapTrack[] }) {
  const t = useTranslations()
  return (
    <section aria-labelledby="track" className="rounded-2xl border border-line bg-raised p-6 sm:p-8">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id="track" className="text-[1.375rem] font-bold">
          {t('home.track')}
        </h2>
        <Link href="/lessons" className="text-[0.9375rem] text-accent underline underline-offset-4">
          {t('home.seeMap')}
        </Link>
      </div>
      <p className="mt-1 max-w-2xl text-ink-soft">{t('home.trackLead')}</p>
      <ol className="mt-5 divide-y divide-line">
        {tracks.map(({ slug, title, summary, rows }, i) => {
          const done = rows.filter(({ state }) => state === 'done').length
          return (
            <li key={slug} className="relative flex items-center gap-4 rounded-lg py-4 hover:bg-surface">
              <span className="w-6 shrink-0 text-center text-[0.875rem] font-semibold tabular-nums text-accent">
                {i + 1}
              </span>
              <span className="min-w-0 flex-1">
                <Link href={`/lessons#${slug}`} className="font-semibold after:absolute after:inset-0 after:rounded-lg">
                  {title}
                </Link>
                <span className="mt-0.5 block text-[0.875rem] leading-6 text-ink-soft">{summary}</span>
                <ProgressBar label={title} done={done} total={rows.length} className="mt-2.5" />
              </span>
              <span className="shrink-0 text-[0.875rem] tabular-nums text-ink-soft">
                {t('map.steps', { done, total: rows.length })}
              </span>
              <Icon name="right" className="size-4 text-ink-soft" />
            </li>
          )
        })}
      </ol>
    </section>
  )
}
