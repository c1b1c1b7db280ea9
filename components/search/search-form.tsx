import { useLocale, useTranslations } from 'next-intl'
import { getPathname } from '../../i18n/navigation.ts'
import { buttonClass } from '../ui/button.tsx'
import { SearchField } from './search-field.tsx'

/** Search as a plain form: it works without scripts. */
export function SearchForm({ query }: { readonly query?: string }) {
  const t = useTranslations('search')
  const action = getPathname({ href: '/search', locale: useLocale() })
  return (
    <search>
      <form action={action} className="flex gap-2">
        <div className="min-w-0 flex-1">
          <SearchField defaultValue={query} />
        </div>
        <button type="submit" className={`${buttonClass('primary')} min-h-11`}>
          {t('go')}
        </button>
      </form>
    </search>
  )
}
