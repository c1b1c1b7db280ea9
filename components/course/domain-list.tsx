import { useTranslations } from 'next-intl'

interface DomainListProps {
  /** Labels: `CKA Troubleshooting`. */
  readonly domains: readonly string[]
  readonly className?: string
}

/** The exam domains that something serves. */
export function DomainList({ domains, className = '' }: DomainListProps) {
  const t = useTranslations('site')
  return (
    <ul
      aria-label={t('domains')}
      className={`flex list-none flex-wrap gap-x-3 p-0 text-[0.8125rem] text-ink-soft ${className}`}
    >
      {domains.map((domain) => (
        <li key={domain} className="min-w-0">
          {domain}
        </li>
      ))}
    </ul>
  )
}
