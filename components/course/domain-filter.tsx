import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Link } from '../../i18n/navigation.ts'

interface DomainFilterProps {
  /** The list's own address. */
  readonly href: string
  readonly choices: readonly { readonly id: string; readonly label: string; readonly count: number }[]
  /** The id that is chosen; undefined for all. */
  readonly chosen: string | undefined
}

/** Narrows a list to one exam domain: plain links, so that it works without scripts and can be kept as a bookmark. */
export function DomainFilter({ href, choices, chosen }: DomainFilterProps) {
  const t = useTranslations('exercises')
  return (
    <nav aria-label={t('byDomain')} className="mb-6 flex flex-wrap gap-2 text-[0.875rem]">
      <Choice href={href} here={chosen === undefined}>
        {t('everyDomain')}
      </Choice>
      {choices.map(({ id, label, count }) => (
        <Choice key={id} href={`${href}?domain=${id}`} here={chosen === id}>
          {label} <span className="tabular-nums">{count}</span>
        </Choice>
      ))}
    </nav>
  )
}

interface ChoiceProps {
  readonly href: string
  readonly here: boolean
  readonly children: ReactNode
}

function Choice({ href, here, children }: ChoiceProps) {
  return (
    <Link
      href={href}
      aria-current={here ? 'true' : undefined}
      className={`rounded-full border px-3 py-1 ${here ? 'border-accent bg-accent-wash font-medium text-accent' : 'border-line-strong text-ink-soft hover:text-ink'}`}
    >
      {children}
    </Link>
  )
}
