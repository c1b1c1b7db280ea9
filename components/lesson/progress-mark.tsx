'use client'
import { useTranslations } from 'next-intl'
import { Icon } from '../ui/icons.tsx'
import { useProgress } from './progress-provider.tsx'

interface ProgressMarkProps {
  readonly kind: 'lesson' | 'exercise' | 'quiz'
  readonly slug: string
}

/** A tick for what is done, a dot for what is begun. */
export function ProgressMark({ kind, slug }: ProgressMarkProps) {
  const t = useTranslations()
  const { marks } = useProgress()
  const lesson = kind === 'lesson' ? marks.lessons[slug] : undefined
  const done = lesson === 'done' || (kind === 'exercise' && marks.exercises[slug]?.passed)
  if (done)
    return <Mark icon="check" look="text-good" label={kind === 'lesson' ? t('lessons.done') : t('exercises.passed')} />
  if (lesson === 'started') return <Mark icon="dot" look="text-accent" label={t('lessons.started')} />
  return null
}

function Mark({
  icon,
  look,
  label,
}: {
  readonly icon: 'check' | 'dot'
  readonly look: string
  readonly label: string
}) {
  return (
    <span className={`inline-flex ${look}`}>
      <Icon name={icon} strokeWidth="2" />
      <span className="sr-only">{label}</span>
    </span>
  )
}
