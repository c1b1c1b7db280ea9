import { useTranslations } from 'next-intl'
import { Link } from '../../i18n/navigation.ts'
import { Icon } from '../ui/icons.tsx'

interface SheetLinksProps {
  readonly sheets: readonly { readonly slug: string; readonly title: string }[]
}

/** At the end of a lesson: its cheat sheets. Nothing where it has none. */
export function SheetLinks({ sheets }: SheetLinksProps) {
  const t = useTranslations('cheatSheets')
  if (sheets.length === 0) return null
  return (
    <p className="flex flex-wrap items-center gap-x-5 gap-y-1 text-[0.9375rem]">
      <span className="flex items-center gap-1.5 text-ink-soft">
        <Icon name="print" />
        {t('forLesson')}
      </span>
      {sheets.map(({ slug, title }) => (
        <Link key={slug} href={`/cheat-sheets/${slug}`} className="text-accent underline underline-offset-4">
          {title}
        </Link>
      ))}
    </p>
  )
}
