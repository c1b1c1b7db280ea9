import { useTranslations } from 'next-intl'
import type { LessonMeta } from '../../curriculum/types.ts'
import { DomainList } from '../course/domain-list.tsx'
import { Icon } from '../ui/icons.tsx'

interface LessonHeadProps {
  readonly meta: LessonMeta
  /** Exam domains it serves, as labels. */
  readonly domains: readonly string[]
}

/** Title, what it takes and what it gives. */
export function LessonHead({ meta, domains }: LessonHeadProps) {
  const t = useTranslations('lesson')
  return (
    <header className="mb-10">
      <h1 className="text-[2rem] leading-tight font-bold">{meta.title}</h1>
      <p className="mt-3 text-[1.125rem] leading-8 text-ink-soft">{meta.summary}</p>
      <section className="mt-6 rounded-xl bg-surface px-5 py-4 text-[0.9375rem] leading-7">
        <p className="font-semibold">{t('objectives')}</p>
        <ul className="mt-1.5 space-y-1">
          {meta.objectives.map((objective) => (
            <li key={objective} className="flex gap-2">
              <Icon name="check" className="mt-1.5 size-4 text-accent" />
              <span>{objective}</span>
            </li>
          ))}
        </ul>
      </section>
      <DomainList domains={domains} className="mt-3" />
    </header>
  )
}
