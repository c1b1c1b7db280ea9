import { useLocale, useTranslations } from 'next-intl'
import type { ExerciseMeta } from '../../curriculum/types.ts'
import { Link } from '../../i18n/navigation.ts'
import { DomainList } from '../course/domain-list.tsx'
import { StartOver } from './start-over.tsx'

interface ExerciseHeadProps {
  readonly meta: ExerciseMeta
  /** Exam domains it serves, as labels. */
  readonly domains: readonly string[]
}

export function ExerciseHead({ meta, domains }: ExerciseHeadProps) {
  const t = useTranslations()
  const facts = [
    t('site.minutes', { minutes: meta.minutes }),
    t('site.points', { points: meta.points }),
    t(`exercises.${meta.difficulty}`),
  ]
  return (
    <header>
      <div className="flex flex-wrap items-center justify-between gap-2 text-[0.875rem] text-ink-soft">
        <p>
          <Link href="/exercises" className="underline underline-offset-4 hover:text-ink">
            {t('exercise.all')}
          </Link>
          <span aria-hidden="true"> · </span>
          {facts.join(' · ')}
        </p>
        <StartOver />
      </div>
      <h1 className="mt-3 text-[1.75rem] leading-tight font-bold">{meta.title[useLocale()]}</h1>
      <DomainList domains={domains} className="mt-1.5" />
    </header>
  )
}
