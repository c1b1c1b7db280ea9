import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { LessonMeta } from '../../curriculum/types.ts'
import { Icon } from '../ui/icons.tsx'

/** Title, what it takes and what it gives; on narrower screens the track map folds in here. */
export function LessonHead({ meta, map }: { readonly meta: LessonMeta; readonly map: ReactNode }) {
  const t = useTranslations()
  return (
    <header className="mb-10">
      <details className="mb-6 rounded-lg border border-line px-3 py-2 min-[1280px]:hidden">
        <summary className="text-[0.9375rem] font-medium">{t('lesson.track')}</summary>
        <div className="pt-3">{map}</div>
      </details>
      <p className="flex flex-wrap items-center gap-x-4 text-[0.875rem] text-ink-soft">
        <span className="flex items-center gap-1.5">
          <Icon name="clock" />
          {t('site.minutes', { minutes: meta.minutes })}
        </span>
        <span>{t('lesson.fromNote', { note: meta.note })}</span>
      </p>
      <h1 className="mt-2 text-[2rem] leading-tight font-bold">{meta.title}</h1>
      <p className="mt-3 text-[1.125rem] leading-8 text-ink-soft">{meta.summary}</p>
      <section className="mt-6 rounded-xl bg-surface px-5 py-4 text-[0.9375rem] leading-7">
        <p className="font-semibold">{t('lesson.objectives')}</p>
        <ul className="mt-1.5 space-y-1">
          {meta.objectives.map((objective) => (
            <li key={objective} className="flex gap-2">
              <Icon name="check" className="mt-1.5 size-4 text-accent" />
              <span>{objective}</span>
            </li>
          ))}
        </ul>
      </section>
    </header>
  )
}
