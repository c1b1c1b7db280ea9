'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** While authors write: the page shows what was saved, and the terminal beside it goes on. */
export function ContentRefresh() {
  const { refresh } = useRouter()
  useEffect(() => {
    const changes = new EventSource('/__content-changes')
    changes.addEventListener('changed', refresh)
    return () => changes.close()
  }, [refresh])
  return null
}
