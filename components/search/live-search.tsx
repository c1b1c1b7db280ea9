'use client'
import { useLocale, useTranslations } from 'next-intl'
import { type KeyboardEvent, type RefObject, useState } from 'react'
import { getPathname, Link, useRouter } from '../../i18n/navigation.ts'
import { Button } from '../ui/button.tsx'
import { AnswerLine } from './answer-line.tsx'
import { SearchField } from './search-field.tsx'
import { SearchResults } from './search-results.tsx'
import { type SearchState, useSearch } from './use-search.ts'

interface LiveSearchProps {
  readonly onChoose: () => void
  readonly inputRef: RefObject<HTMLInputElement | null>
}

/** A search field that shows what it finds as one types. Arrows walk through the results; Enter leads to all of them. */
export function LiveSearch({ onChoose, inputRef }: LiveSearchProps) {
  const t = useTranslations('search')
  const [query, setQuery] = useState('')
  const { state, again } = useSearch(query)
  const router = useRouter()
  const locale = useLocale()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the field and the links inside
    <div onKeyDown={walk} className="pt-1.5">
      <search>
        <form
          action={getPathname({ href: '/search', locale })}
          onSubmit={(event) => {
            event.preventDefault()
            if (!query.trim()) return
            router.push(allOf(query))
            onChoose()
          }}
        >
          <SearchField ref={inputRef} value={query} onChange={(event) => setQuery(event.target.value)} />
        </form>
      </search>
      <Status state={state} query={query.trim()} again={again} />
      {'answer' in state && state.answer && (
        <>
          <SearchResults results={state.answer.results} onChoose={onChoose} />
          {state.answer.results.length < state.answer.total && (
            <p className="mt-2">
              <Link
                href={allOf(query)}
                prefetch={false}
                onClick={onChoose}
                className="text-accent underline underline-offset-4"
              >
                {t('all')}
              </Link>
            </p>
          )}
        </>
      )}
    </div>
  )
}

/** The page with every result. */
const allOf = (query: string): string => `/search?${new URLSearchParams({ q: query.trim() })}`

interface StatusProps {
  readonly state: SearchState
  readonly query: string
  readonly again: () => void
}

/** One line on how the search stands; said aloud when it changes. */
function Status({ state, query, again }: StatusProps) {
  const t = useTranslations('search')
  const broken = state.phase === 'offline' || state.phase === 'failed'
  return (
    <div className="mt-3 mb-1 min-h-6 text-[0.875rem] text-ink-soft">
      <p role="status">
        {!('answer' in state) ? (
          t(state.phase)
        ) : state.phase === 'waiting' || state.answer === undefined ? (
          t('waiting')
        ) : (
          <AnswerLine answer={state.answer} query={query} />
        )}
      </p>
      {broken && (
        <Button size="small" className="mt-2" onClick={again}>
          {t('again')}
        </Button>
      )}
    </div>
  )
}

/** Up and down through the results, and back into the field from the first of them. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined || event.nativeEvent.isComposing) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, a')]
  const at = stops.findIndex((stop) => stop.matches(':focus'))
  const next = stops[at + step]
  if (at < 0 || next === undefined) return
  event.preventDefault()
  next.focus()
}
