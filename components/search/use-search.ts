'use client'
import { useLocale } from 'next-intl'
import { useEffect, useState } from 'react'
import type { SearchAnswer } from '../../curriculum/search/find.ts'

/** `waiting` keeps what was found before, so that the list does not flicker while one types. */
export type SearchState =
  | { readonly phase: 'empty' }
  | { readonly phase: 'waiting' | 'found'; readonly answer: SearchAnswer | undefined }
  | { readonly phase: 'offline' | 'busy' | 'failed' }

/** How long to wait for the next letter, in milliseconds. */
const PAUSE = 150
/** How long to wait when the server asks for patience. */
const PATIENCE = 1500

/** Searches for what is typed once the typing pauses. `again` repeats a search that failed. */
export function useSearch(query: string): { readonly state: SearchState; readonly again: () => void } {
  const locale = useLocale()
  const [state, setState] = useState<SearchState>({ phase: 'empty' })
  const [attempt, setAttempt] = useState(0)
  const wanted = query.trim()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same once more
  useEffect(() => {
    if (!wanted) return setState({ phase: 'empty' })
    const leaving = new AbortController()
    setState((before) => ({ phase: 'waiting', answer: 'answer' in before ? before.answer : undefined }))
    const timer = setTimeout(() => {
      ask(wanted, locale, leaving.signal).then((next) => leaving.signal.aborted || setState(next))
    }, PAUSE)
    return () => {
      clearTimeout(timer)
      leaving.abort()
    }
  }, [wanted, locale, attempt])
  const again = () => setAttempt((count) => count + 1)
  useEffect(() => {
    if (state.phase !== 'busy') return
    const timer = setTimeout(() => setAttempt((count) => count + 1), PATIENCE)
    return () => clearTimeout(timer)
  }, [state.phase])
  return { state, again }
}

async function ask(query: string, locale: string, signal: AbortSignal): Promise<SearchState> {
  try {
    const response = await fetch(`/api/search?${new URLSearchParams({ q: query, locale })}`, { signal })
    if (response.status === 429) return { phase: 'busy' }
    if (!response.ok) return { phase: 'failed' }
    return { phase: 'found', answer: await response.json() }
  } catch {
    return { phase: navigator.onLine ? 'failed' : 'offline' }
  }
}
