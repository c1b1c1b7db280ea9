import { useTranslations } from 'next-intl'
import { Link } from '../../i18n/navigation.ts'
import { Icon } from '../ui/icons.tsx'

export interface TrackRow {
  readonly href: string
  readonly kind: 'lesson' | 'exercise' | 'quiz'
  readonly title: string
  readonly done: boolean
}
interface TrackCardProps {
  readonly rows: readonly TrackRow[]
  /** The row to go on with. */
  readonly next: TrackRow | undefined
}

/** The track with everything in it, what is done ticked, and one bar of honest progress. */
export function TrackCard({ rows, next }: TrackCardProps) {
  const t = useTranslations()
  const done = rows.filter((row) => row.done).length
  const counts = (['lesson', 'exercise', 'quiz'] as const).map((kind) => {
    const all = rows.filter((row) => row.kind === kind)
    return { kind, done: all.filter((row) => row.done).length, total: all.length }
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
      <div
        role="progressbar"
        aria-label={t('home.track')}
        aria-valuemin={0}
        aria-valuemax={rows.length}
        aria-valuenow={done}
        className="mt-5 h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div
          className="h-full rounded-full bg-accent"
          style={{ width: `${rows.length ? (done / rows.length) * 100 : 0}%` }}
        />
      </div>
      <ol className="mt-5 divide-y divide-line">
        {rows.map((row) => (
          <li key={row.href} className="relative flex items-center gap-4 py-3 hover:bg-surface">
            <span
              className={`grid size-6 shrink-0 place-items-center rounded-full border ${row.done ? 'border-good bg-good-wash text-good' : 'border-line-strong text-ink-soft'}`}
            >
              {row.done ? <Icon name="check" className="size-3.5" strokeWidth="2.2" /> : null}
            </span>
            <span className="min-w-0 flex-1">
              <Link href={row.href} className="font-medium after:absolute after:inset-0 after:rounded-lg">
                {row.title}
              </Link>
              <span className="ml-3 text-[0.8125rem] text-ink-soft">{t(`search.${row.kind}`)}</span>
              {row.done && <span className="sr-only">{t('lessons.done')}</span>}
            </span>
            {row === next && !row.done && (
              <span className="shrink-0 text-[0.8125rem] font-medium text-accent max-sm:hidden">{t('home.next')}</span>
            )}
            <Icon name="right" className="size-4 text-ink-soft" />
          </li>
        ))}
      </ol>
    </section>
  )
}
