'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Icon } from '../ui/icons.tsx'

function subscribe(changed: () => void): () => void {
  window.addEventListener('online', changed)
  window.addEventListener('offline', changed)
  return () => {
    window.removeEventListener('online', changed)
    window.removeEventListener('offline', changed)
  }
}

/** Does a click lead to another page of this site, in this tab? */
function leadsAway(event: MouseEvent): boolean {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return false
  return (
    link.origin === window.location.origin &&
    link.pathname + link.search !== window.location.pathname + window.location.search
  )
}

/** Says that there is no connection, and keeps the open page: a link followed now would end at the browser's own error. */
export function OfflineNote() {
  const t = useTranslations('offline')
  const offline = useSyncExternalStore(
    subscribe,
    () => !navigator.onLine,
    () => false,
  )
  const [asked, setAsked] = useState(false)
  useEffect(() => {
    if (!offline) return
    const hold = (event: MouseEvent) => {
      if (!leadsAway(event)) return
      event.preventDefault()
      event.stopPropagation()
      setAsked(true)
    }
    window.addEventListener('click', hold, { capture: true })
    return () => {
      window.removeEventListener('click', hold, { capture: true })
      setAsked(false)
    }
  }, [offline])
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-1.5 z-50 px-4">
      {offline && (
        <p className="settle-in mx-auto flex w-fit max-w-full items-center gap-2 rounded-lg border border-warn bg-warn-wash px-4 py-2 text-[0.9375rem] text-warn shadow-lg">
          <Icon name="warning" />
          {asked ? t('link') : t('text')}
        </p>
      )}
    </div>
  )
}
