import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import { Icon } from '../ui/icons.tsx'

/** The field that a query is typed into; its form sends it to the page of results, with scripts and without. */
export function SearchField(props: ComponentProps<'input'>) {
  const t = useTranslations('search')
  return (
    <div className="relative">
      <Icon name="search" className="pointer-events-none absolute top-3.5 left-3 size-4 text-ink-soft" />
      <input
        type="search"
        name="q"
        maxLength={100}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        aria-label={t('open')}
        placeholder={t('placeholder')}
        className="h-11 w-full rounded-lg border border-line-strong bg-paper pr-3 pl-9 placeholder:text-ink-soft"
        {...props}
      />
    </div>
  )
}
