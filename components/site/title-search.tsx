'use client'
import { useTranslations } from 'next-intl'
import { type RefObject, useId, useState } from 'react'
import { Link } from '../../i18n/navigation.ts'
import { Icon } from '../ui/icons.tsx'
import { searchTitles } from './titles.ts'
import { useTitles } from './titles-provider.tsx'

interface TitleSearchProps {
  readonly onChoose?: () => void
  readonly inputRef?: RefObject<HTMLInputElement | null>
}

/** A search field and the titles that match, narrowing as one types. */
export function TitleSearch({ onChoose, inputRef }: TitleSearchProps) {
  const t = useTranslations('search')
  const id = useId()
  const titles = useTitles()
  const [query, setQuery] = useState('')
  const found = searchTitles(titles, query)
  return (
    <div>
      <label htmlFor={id} className="sr-only">
        {t('open')}
      </label>
      <div className="relative">
        <Icon name="search" className="pointer-events-none absolute top-3.5 left-3 size-4 text-ink-soft" />
        <input
          id={id}
          ref={inputRef}
          type="search"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          placeholder={t('placeholder')}
          className="h-11 w-full rounded-lg border border-line-strong bg-paper pr-3 pl-9 placeholder:text-ink-soft"
        />
      </div>
      <p role="status" className="mt-2 text-sm text-ink-soft">
        {found.length === 0 ? t('none', { query: query.trim() }) : t('count', { count: found.length })}
      </p>
      <ul className="mt-1 max-h-[46vh] overflow-y-auto">
        {found.map((entry) => (
          <li key={entry.href}>
            <Link
              href={entry.href}
              onClick={onChoose}
              className="flex items-baseline justify-between gap-4 rounded-lg px-3 py-2.5 hover:bg-surface"
            >
              <span className="font-medium">{entry.title}</span>
              <span className="shrink-0 text-[0.8125rem] text-ink-soft">{t(entry.kind)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
