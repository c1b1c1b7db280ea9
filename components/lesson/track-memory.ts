'use client'
import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
const shown = () => document.documentElement.dataset.track !== 'closed'

/** Folds or unfolds the track's column, and remembers it for the next visit. */
export function toggleTrack(): void {
  const closed = shown()
  if (closed) document.documentElement.dataset.track = 'closed'
  else delete document.documentElement.dataset.track
  try {
    if (closed) localStorage.setItem('track', 'closed')
    else localStorage.removeItem('track')
  } catch {
    // Storage may be off; the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener()
}

export const useTrackOpen = () => useSyncExternalStore(subscribe, shown, () => true)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
