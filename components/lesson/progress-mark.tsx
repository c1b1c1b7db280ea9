'use client'
import { useTranslations } from 'next-intl'
import type { Step } from '../../curriculum/steps.ts'
import { Icon } from '../ui/icons.tsx'
import { useProgress } from './progress-provider.tsx'

/** A tick for what is done, a dot for what is begun. */
export function ProgressMark({ kind, slug }: Step) {
  const t = useTranslations('map.state')
  const state = useProgress().marks[`${kind}/${slug}`]
  if (state === 'done') return <Mark icon="check" look="text-good" label={t('done')} />
  if (state === 'begun') return <Mark icon="dot" look="text-accent" label={t('begun')} />
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
