'use client'
import { Dialog as Base } from '@base-ui/react/dialog'
import { useTranslations } from 'next-intl'
import type { ReactNode, RefObject } from 'react'
import { Icon } from './icons.tsx'
import { ScrollableSection } from './scrollable.tsx'

interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
  readonly wide?: boolean
  readonly initialFocus?: RefObject<HTMLElement | null>
}

/** A modal over the page: Esc and the cross close it, focus goes back to where it came from. */
export function Dialog({ open, onClose, title, children, wide = false, initialFocus }: DialogProps) {
  const t = useTranslations('site')
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-50 bg-black/40" />
        <Base.Popup
          {...(initialFocus && { initialFocus })}
          className={`settle-in fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col rounded-xl border border-line bg-raised text-ink shadow-xl ${wide ? 'max-w-2xl' : 'max-w-lg'}`}
        >
          <div className="flex items-center justify-between gap-4 px-5 pt-4 pb-2">
            <Base.Title className="text-lg font-semibold">{title}</Base.Title>
            <Base.Close
              aria-label={t('close')}
              className="-mr-2 grid size-9 place-items-center rounded-lg text-ink-soft hover:bg-surface hover:text-ink"
            >
              <Icon name="cross" />
            </Base.Close>
          </div>
          <ScrollableSection aria-label={title} className="overflow-y-auto px-5 pb-5">
            {children}
          </ScrollableSection>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
