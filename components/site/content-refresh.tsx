'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** While authors write: the page shows what was saved, and the terminal beside it goes on. */
export function ContentRefresh() {
  const { refresh } = useRouter()
  useContentChanges(refresh)
  return null
}

interface ContentMistakeProps {
  readonly error: Error
  readonly retry: () => void
}

/** While authors write: why the page could not be drawn. It is drawn again as soon as something is saved. */
export function ContentMistake({ error, retry }: ContentMistakeProps) {
  useContentChanges(retry)
  return <pre className="mb-6 rounded-lg bg-surface p-4 text-sm whitespace-pre-wrap">{error.message}</pre>
}

function useContentChanges(act: () => void): void {
  useEffect(() => {
    const changes = new EventSource('/__content-changes')
    changes.addEventListener('changed', act)
    return () => changes.close()
  }, [act])
}
