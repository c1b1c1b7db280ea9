'use client'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { focusTerminalEvent } from '../workspace/page-events.ts'
import { useSession } from '../workspace/provider.tsx'

/** Ctrl of the key row: armed by a tap, spent on the next character. */
function createArmed() {
  let armed = false
  const listeners = new Set<() => void>()
  const set = (next: boolean) => {
    armed = next
    for (const listener of listeners) listener()
  }
  return {
    get: () => armed,
    toggle: () => set(!armed),
    take: () => {
      const was = armed
      if (was) set(false)
      return was
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
export const armedControl = createArmed()

const keys = [
  { label: 'Tab', data: '\t' },
  { label: '↑', data: '\x1b[A', name: 'Up' },
  { label: '↓', data: '\x1b[B', name: 'Down' },
  { label: '|', data: '|' },
  { label: '-', data: '-' },
  { label: '/', data: '/' },
  { label: 'Esc', data: '\x1b' },
]
const look =
  'h-10 min-w-0 flex-1 rounded-md border border-line bg-raised font-mono text-[0.8125rem] active:bg-accent-wash aria-pressed:border-accent aria-pressed:bg-accent-wash'

/** Keys that a phone's keyboard lacks. Taps keep the terminal's focus, so the keyboard stays up. */
export function KeyRow({ terminal }: { readonly terminal: number }) {
  const t = useTranslations('terminal')
  const session = useSession()
  const armed = useSyncExternalStore(armedControl.subscribe, armedControl.get, () => false)
  const [first, ...rest] = keys
  const key = ({ label, data, name }: (typeof keys)[number]) => (
    <button key={label} type="button" aria-label={name} className={look} onClick={() => session.input(terminal, data)}>
      {label}
    </button>
  )
  return (
    <div
      role="toolbar"
      aria-label={t('keys')}
      className="hidden gap-1 border-t border-line bg-surface p-1 max-[480px]:flex"
      onPointerDown={(event) => event.preventDefault()}
    >
      {first && key(first)}
      <button
        type="button"
        aria-pressed={armed}
        className={look}
        onClick={() => {
          armedControl.toggle()
          window.dispatchEvent(new Event(focusTerminalEvent))
        }}
      >
        Ctrl
      </button>
      {rest.map(key)}
    </div>
  )
}
