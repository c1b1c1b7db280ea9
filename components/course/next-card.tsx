import { useTranslations } from 'next-intl'
import { Link } from '../../i18n/navigation.ts'
import { buttonClass } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import type { MapRow } from './course-map.ts'

interface NextCardProps {
  readonly begun: boolean
  readonly next: MapRow | undefined
}

/** What to do now: where to begin, where to go on, or that nothing is left. */
export function NextCard({ begun, next }: NextCardProps) {
  const t = useTranslations('map')
  return (
    <section aria-labelledby="next" className="rounded-2xl border border-accent/40 bg-accent-wash p-5 sm:p-6">
      <h2 id="next" className="text-[0.875rem] font-semibold text-accent">
        {next === undefined ? t('allDone') : begun ? t('next') : t('begin')}
      </h2>
      {next === undefined ? (
        <p className="mt-1">{t('allDoneText')}</p>
      ) : (
        <div className="mt-1 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <p className="text-[1.125rem] font-semibold">
            {next.title}
            <span className="ml-3 text-[0.8125rem] font-normal text-ink-soft">{t(`kind.${next.kind}`)}</span>
          </p>
          <Link href={next.href} className={buttonClass('primary')}>
            {begun ? t('goOn') : t('start')}
            <Icon name="right" />
          </Link>
        </div>
      )}
      {!begun && <p className="mt-3 text-[0.9375rem] leading-7 text-ink-soft">{t('nothingYet')}</p>}
    </section>
  )
}
