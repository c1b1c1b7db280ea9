import { useTranslations } from 'next-intl'
import { Link } from '../../i18n/navigation.ts'
import { Icon } from '../ui/icons.tsx'
import { ProgressBar } from './progress-bar.tsx'

export interface CourseRow {
  readonly href: string
  readonly kind: 'lesson' | 'exercise' | 'quiz'
  readonly title: string
  readonly done: boolean
}
export interface CourseTrack {
  readonly slug: string
  readonly title: string
  readonly summary: string
  readonly rows: readonly CourseRow[]
}
interface CourseCardProps {
  readonly tracks: readonly CourseTrack[]
  /** The row to go on with: its track stands open. */
  readonly next: CourseRow | undefined
}

/** The course: its tracks with everything in them, what is done ticked, and honest bars of progress. */
export function CourseCard({ tracks, next }: CourseCardProps) {
  const t = useTranslations()
  const rows = tracks.flatMap((track) => track.rows)
  const counts = (['lesson', 'exercise', 'quiz'] as const).map((kind) => {
    const all = rows.filter((row) => row.kind === kind)
    return { kind, done: doneOf(all), total: all.length }
  })
  return (
    <section aria-labelledby="track" className="rounded-2xl border border-line bg-raised p-6 sm:p-8">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id="track" className="text-[1.375rem] font-bold">
          {t('home.track')}
        </h2>
        <p className="text-[0.875rem] tabular-nums text-ink-soft">
          {counts.map(({ kind, done, total }) => t(`home.${kind}sDone`, { done, total })).join(' · ')}
        </p>
      </div>
      <p className="mt-1 max-w-2xl text-ink-soft">{t('home.trackLead')}</p>
      <ProgressBar label={t('home.track')} done={doneOf(rows)} total={rows.length} className="mt-5" />
      <ol className="mt-5 divide-y divide-line">
        {tracks.map((track, i) => (
          <li key={track.slug}>
            <details open={next ? track.rows.includes(next) : i === 0} className="group">
              <summary className="flex cursor-pointer list-none items-center gap-4 rounded-lg py-4 hover:bg-surface [&::-webkit-details-marker]:hidden">
                <span className="w-6 shrink-0 text-center text-[0.875rem] font-semibold tabular-nums text-accent">
                  {i + 1}
                </span>
                <span className="min-w-0 flex-1">
                  <span className="block font-semibold">{track.title}</span>
                  <span className="mt-0.5 block text-[0.875rem] leading-6 text-ink-soft">{track.summary}</span>
                </span>
                <span className="shrink-0 text-[0.875rem] tabular-nums text-ink-soft">
                  {doneOf(track.rows)}/{track.rows.length}
                </span>
                <Icon name="right" className="size-4 text-ink-soft transition-transform group-open:rotate-90" />
              </summary>
              <ol className="mb-3 ml-2.5 border-l border-line pl-4 sm:ml-3 sm:pl-6">
                {track.rows.map((row) => (
                  <Row key={row.href} row={row} isNext={row === next} />
                ))}
              </ol>
            </details>
          </li>
        ))}
      </ol>
    </section>
  )
}

const doneOf = (rows: readonly CourseRow[]): number => rows.filter((row) => row.done).length

function Row({ row, isNext }: { readonly row: CourseRow; readonly isNext: boolean }) {
  const t = useTranslations()
  return (
    <li className="relative flex items-center gap-4 rounded-lg py-2.5 hover:bg-surface">
      <span
        className={`grid size-6 shrink-0 place-items-center rounded-full border ${row.done ? 'border-good bg-good-wash text-good' : 'border-line-strong text-ink-soft'}`}
      >
        {row.done ? <Icon name="check" className="size-3.5" strokeWidth="2.2" /> : null}
      </span>
      <span className="min-w-0 flex-1">
        <Link href={row.href} className="font-medium after:absolute after:inset-0 after:rounded-lg">
          {row.title}
        </Link>
        <span className="ml-3 text-[0.8125rem] whitespace-nowrap text-ink-soft">{t(`search.${row.kind}`)}</span>
        {row.done && <span className="sr-only">{t('lessons.done')}</span>}
      </span>
      {isNext && !row.done && (
        <span className="shrink-0 text-[0.8125rem] font-medium text-accent max-sm:hidden">{t('home.next')}</span>
      )}
      <Icon name="right" className="size-4 text-ink-soft" />
    </li>
  )
}
