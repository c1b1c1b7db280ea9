import { useTranslations } from 'next-intl'
import type { Found } from '../../curriculum/search/find.ts'
import { Link } from '../../i18n/navigation.ts'
import { MarkedText } from './marked-text.tsx'

interface SearchResultsProps {
  readonly results: readonly Found[]
  readonly onChoose?: () => void
}

/** Passages that were found: page, heading, and the words around what was looked for; each leads to its heading. */
export function SearchResults({ results, onChoose }: SearchResultsProps) {
  const t = useTranslations('search')
  return (
    <ul className="-mx-3">
      {results.map(({ kind, href, title, heading, excerpt, language }) => (
        <li key={href} className="relative rounded-lg px-3 py-3 hover:bg-surface">
          <div className="flex items-baseline justify-between gap-4">
            <Link
              href={href}
              prefetch={false}
              {...(onChoose && { onClick: onChoose })}
              className="min-w-0 font-semibold after:absolute after:inset-0 after:rounded-lg"
            >
              <MarkedText pieces={title} />
              {heading && (
                <>
                  <span aria-hidden="true" className="mx-1.5 font-normal text-ink-soft">
                    ›
                  </span>
                  <span className="sr-only">: </span>
                  <MarkedText pieces={heading} />
                </>
              )}
            </Link>
            <span className="shrink-0 text-[0.8125rem] text-ink-soft">{t(`kind.${kind}`)}</span>
          </div>
          {excerpt && (
            <p lang={language} className="mt-1 text-[0.875rem] leading-6 wrap-anywhere text-ink-soft">
              <MarkedText pieces={excerpt} />
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
