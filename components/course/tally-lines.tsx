import { useTranslations } from 'next-intl'
import type { Tally } from '../../curriculum/tally.ts'
import { ProgressBar } from '../site/progress-bar.tsx'

interface TallyLinesProps {
  /** Whose progress it is, for those who hear it. */
  readonly label: string
  readonly tally: Tally
  readonly className?: string
}

/** Lessons read, exercises passed and questions answered, each in words and as a bar. What there is none of is left out. */
export function TallyLines({ label, tally: { lessons, exercises, questions }, className = '' }: TallyLinesProps) {
  const t = useTranslations('map')
  const { answered, right } = questions
  const lines = [
    { name: t('lessons'), done: lessons.done, total: lessons.total, text: t('lessonsRead', lessons) },
    { name: t('exercises'), done: exercises.done, total: exercises.total, text: t('exercisesPassed', exercises) },
    {
      name: t('quizzes'),
      done: answered,
      total: questions.total,
      text:
        answered > 0
          ? `${t('questionsAnswered', questions)} · ${t('share', { share: Math.floor((right / answered) * 100) })}`
          : t('questionsAnswered', questions),
    },
  ]
  return (
    <dl className={`space-y-3 ${className}`}>
      {lines
        .filter(({ total }) => total > 0)
        .map(({ name, done, total, text }) => (
          <div key={name}>
            <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-[0.875rem]">
              <dt className="font-medium">{name}</dt>
              <dd className="tabular-nums text-ink-soft">{text}</dd>
            </div>
            <dd>
              <ProgressBar label={`${label}: ${name}`} done={done} total={total} className="mt-1.5" />
            </dd>
          </div>
        ))}
    </dl>
  )
}
