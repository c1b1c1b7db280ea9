import { useTranslations } from 'next-intl'
import { Link } from '../../i18n/navigation.ts'
import { Icon } from '../ui/icons.tsx'
import { ProgressMark } from './progress-mark.tsx'

interface OnwardLinkProps {
  readonly kind: 'exercise' | 'quiz'
  readonly slug: string
  readonly title: string
  readonly note: string
}

/** From a lesson to something to do. */
export function OnwardLink({ kind, slug, title, note }: OnwardLinkProps) {
  const t = useTranslations('lesson')
  return (
    <Link
      href={kind === 'exercise' ? `/exercises/${slug}` : `/quizzes/${slug}`}
      className="my-3 flex items-center gap-4 rounded-xl border border-line bg-raised px-5 py-3.5 no-underline hover:border-accent"
    >
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2 text-[0.8125rem] font-medium text-accent">
          {t(kind)}
          <ProgressMark kind={kind} slug={slug} />
        </span>
        <span className="block font-semibold">{title}</span>
        <span className="block text-sm text-ink-soft">{note}</span>
      </span>
      <Icon name="right" className="size-4 text-ink-soft" />
    </Link>
  )
}
