'use client'
import { useTranslations } from 'next-intl'
import type { Ref } from 'react'
import { Icon } from '../ui/icons.tsx'
import { useSession, useSessionState } from '../workspace/provider.tsx'

const MOST_TERMINALS = 8

/** One button a terminal, each with its own close, and "+" up to eight. `activeRef` is where focus goes on leaving. */
export function TerminalTabs({ activeRef }: { readonly activeRef: Ref<HTMLButtonElement> }) {
  const t = useTranslations('terminal')
  const session = useSession()
  const terminals = useSessionState((state) => state.terminals)
  const active = useSessionState((state) => state.active)
  const open = useSessionState((state) => state.connection === 'open')
  return (
    <ul aria-label={t('tabs')} className="flex min-w-0 items-stretch overflow-x-auto">
      {terminals.map((number) => (
        <li
          key={number}
          className={`flex shrink-0 items-center border-r border-line ${number === active ? 'bg-term-paper shadow-[inset_0_2px_0_var(--accent)]' : ''}`}
        >
          <button
            type="button"
            ref={number === active ? activeRef : undefined}
            aria-current={number === active ? 'true' : undefined}
            aria-label={t('tab', { number })}
            onClick={() => session.activate(number)}
            className={`h-full px-3 text-[0.8125rem] -outline-offset-2 ${number === active ? 'font-semibold text-ink' : 'text-ink-soft hover:text-ink'}`}
          >
            <span className={terminals.length > 3 ? 'hidden' : 'max-sm:hidden'}>{t('tab', { number })}</span>
            <span className={terminals.length > 3 ? '' : 'sm:hidden'}>{number}</span>
          </button>
          {terminals.length > 1 && (
            <button
              type="button"
              aria-label={t('close', { number })}
              onClick={() => session.close(number)}
              className="mr-1 grid size-6 place-items-center rounded text-ink-soft hover:bg-line hover:text-ink"
            >
              <Icon name="cross" className="size-3" />
            </button>
          )}
        </li>
      ))}
      {terminals.length < MOST_TERMINALS && (
        <li className="flex items-center px-1">
          <button
            type="button"
            aria-label={t('new')}
            title={t('new')}
            disabled={!open}
            onClick={() => session.open()}
            className="grid size-8 place-items-center rounded-md text-ink-soft hover:bg-line hover:text-ink disabled:opacity-50"
          >
            <Icon name="plus" className="size-3.5" />
          </button>
        </li>
      )}
    </ul>
  )
}
