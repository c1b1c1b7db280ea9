import { Link } from '../../i18n/navigation.ts'
import { Icon } from '../ui/icons.tsx'

interface SheetCardProps {
  readonly slug: string
  readonly title: string
  readonly summary: string
}

/** One sheet in the list of all. */
export function SheetCard({ slug, title, summary }: SheetCardProps) {
  return (
    <li className="relative flex items-start gap-3.5 rounded-xl border border-line bg-raised px-5 py-4 transition-colors duration-150 hover:border-accent">
      <Icon name="sheet" className="mt-1 size-5 text-accent" />
      <div className="min-w-0">
        <h2 className="text-[1.0625rem] font-semibold">
          <Link href={`/cheat-sheets/${slug}`} className="after:absolute after:inset-0 after:rounded-xl">
            {title}
          </Link>
        </h2>
        <p className="mt-1 text-[0.9375rem] leading-6 text-ink-soft">{summary}</p>
      </div>
    </li>
  )
}
