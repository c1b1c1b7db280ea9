import { useTranslations } from 'next-intl'
import { Link } from '../../i18n/navigation.ts'
import type { MapDomain, MapExam } from './course-map.ts'
import { TallyLines } from './tally-lines.tsx'
import { TallyText } from './tally-text.tsx'

/** Progress by the domains of one exam, and an honest word on those that the course leaves out. */
export function ExamDomains({ exam: { exam, domains, touched, rest } }: { readonly exam: MapExam }) {
  const t = useTranslations('map')
  return (
    <section aria-labelledby={exam} className="mt-8">
      <h3 id={exam} className="text-[1.0625rem] font-semibold">
        {t(`exam.${exam}`)}
      </h3>
      <ul className="mt-3 grid gap-4 sm:grid-cols-2">
        {domains.map((domain) => (
          <DomainCard key={domain.id} exam={exam} domain={domain} />
        ))}
      </ul>
      {touched.length > 0 && (
        <div className="mt-4 text-[0.875rem] leading-6 text-ink-soft">
          <p>{t('touched')}</p>
          <ul className="mt-1 list-disc space-y-1 pl-5">
            {touched.map(({ id, name, weight, tally }) => (
              <li key={id}>
                {t('domain', { name, weight })}: <TallyText tally={tally} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {rest.length > 0 && (
        <p className="mt-3 text-[0.875rem] leading-6 text-ink-soft">
          {t('rest', { domains: rest.map(({ name, weight }) => t('domain', { name, weight })).join(', ') })}
        </p>
      )}
    </section>
  )
}

function DomainCard({ exam, domain }: { readonly exam: MapExam['exam']; readonly domain: MapDomain }) {
  const t = useTranslations('map')
  const { id, name, weight, tally, next } = domain
  return (
    <li className="flex flex-col rounded-2xl border border-line bg-raised p-5">
      <h4 className="font-semibold">{name}</h4>
      <p className="text-[0.875rem] tabular-nums text-ink-soft">{t('weight', { exam, weight })}</p>
      <TallyLines label={`${exam}: ${name}`} tally={tally} className="mt-4" />
      <p className="mt-4 border-t border-line pt-3 text-[0.9375rem]">
        {next ? (
          <>
            <span className="text-ink-soft">{t('next')}: </span>
            <Link href={next.href} className="font-medium text-accent underline underline-offset-4">
              {next.title}
            </Link>
          </>
        ) : (
          <span className="font-medium text-good">{t('domainDone')}</span>
        )}
      </p>
      {tally.exercises.total > 0 && (
        <p className="mt-1 text-[0.875rem]">
          <Link href={`/exercises?domain=${id}`} className="text-ink-soft underline underline-offset-4 hover:text-ink">
            {t('domainExercises')}
          </Link>
        </p>
      )}
    </li>
  )
}
