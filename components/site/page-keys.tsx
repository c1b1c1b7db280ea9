'use client'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Link } from '../../i18n/navigation.ts'
import { Icon } from '../ui/icons.tsx'
import { focusTerminalEvent, focusTraceEvent, showShortcutsEvent } from '../workspace/page-events.ts'
import { isTyping } from './keys.ts'

const ShortcutsDialog = lazy(() => import('./shortcuts-dialog.tsx'))
const SearchDialog = lazy(() => import('../search/search-dialog.tsx'))

/** Search and shortcuts: two links of the header and the page-wide keys `/`, `?`, `t` and `w`. */
export function PageKeys() {
  const t = useTranslations()
  const [open, setOpen] = useState<'shortcuts' | 'search' | undefined>()
  useEffect(() => {
    const show = () => setOpen('shortcuts')
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === '?') setOpen('shortcuts')
      else if (event.key === '/') setOpen('search')
      else if (event.key === 't') window.dispatchEvent(new Event(focusTerminalEvent))
      else if (event.key === 'w') window.dispatchEvent(new Event(focusTraceEvent))
      else return
      event.preventDefault()
    }
    window.addEventListener(showShortcutsEvent, show)
    window.addEventListener('keydown', press)
    return () => {
      window.removeEventListener(showShortcutsEvent, show)
      window.removeEventListener('keydown', press)
    }
  }, [])
  const close = () => setOpen(undefined)
  return (
    <>
      <KeyLink label={t('search.open')} keys="/" href="/search" open={() => setOpen('search')} icon="search" />
      <KeyLink
        label={t('shortcuts.title')}
        keys="?"
        href="/shortcuts"
        open={() => setOpen('shortcuts')}
        icon="keyboard"
        className="max-sm:hidden"
      />
      <Suspense>
        {open === 'shortcuts' && <ShortcutsDialog onClose={close} />}
        {open === 'search' && <SearchDialog onClose={close} />}
      </Suspense>
    </>
  )
}

interface KeyLinkProps {
  readonly label: string
  readonly keys: string
  readonly icon: 'search' | 'keyboard'
  /** The page with the same: for browsers without scripts, and for another tab. */
  readonly href: string
  readonly open: () => void
  readonly className?: string
}

function KeyLink({ label, keys, icon, href, open, className = '' }: KeyLinkProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={label}
      aria-keyshortcuts={keys}
      title={`${label} (${keys})`}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        open()
      }}
      className={`grid size-9 place-items-center rounded-lg text-ink-soft hover:bg-surface hover:text-ink ${className}`}
    >
      <Icon name={icon} />
    </Link>
  )
}
