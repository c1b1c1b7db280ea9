import { useTranslations } from 'next-intl'
import { Link } from '../../i18n/navigation.ts'
import { buttonClass } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import type { TrackEntry } from './track-map.tsx'

/** On to the first exercise, else the next lesson. */
export function NextLesson({ track, current }: { readonly track: readonly TrackEntry[]; readonly current: string }) {
  const t = useTranslations('lesson')
  const at = track.findIndex((entry) => entry.lesson.slug === current)
  const exercise = track[at]?.exercises[0]
  const lesson = track[at + 1]?.lesson
  const next = exercise
    ? { href: `/exercises/${exercise.slug}`, title: exercise.title }
    : lesson && { href: `/lessons/${lesson.slug}`, title: lesson.title }
  if (!next) return null
  return (
    <Link href={next.href} className={buttonClass('plain')}>
      {t('next', { title: next.title })}
      <Icon name="right" />
    </Link>
  )
}
