'use client'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { isTyping } from '../site/keys.ts'
import { Icon } from '../ui/icons.tsx'
import { useSession, useSessionState } from './provider.tsx'
import { useStepText } from './use-step-text.ts'

const WAYS = ['undo', 'redo'] as const
type Way = (typeof WAYS)[number]
const CHORDS: { readonly [way in Way]: string } = { undo: 'Ctrl+Shift+Z', redo: 'Ctrl+Shift+Y' }
const KEYS: { readonly [code: string]: Way } = { KeyZ: 'undo', KeyY: 'redo' }

/** Undo and redo of what changed the cluster, by button or by chord, and what the last one did for who hears the page. */
export function StepButtons() {
  const t = useTranslations('steps')
  const textOf = useStepText()
  const session = useSession()
  const steps = useSessionState((state) => state.steps)
  const moved = useSessionState((state) => state.moved)
  const open = useSessionState((state) => state.connection === 'open')
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const way = event.ctrlKey && event.shiftKey && !event.altKey && !event.metaKey ? KEYS[event.code] : undefined
      if (!way || (isTyping(event.target) && !isTerminal(event.target))) return
      event.preventDefault()
      session.step(way)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [session])
  const titleOf = (way: Way) => {
    const label = steps[way]
    return label ? t(`${way}This`, { step: textOf(label), keys: CHORDS[way] }) : t(`${way}Nothing`)
  }
  const doneText = ({ how, label }: NonNullable<typeof moved>) => (how === 'checkpoint' ? label.text : textOf(label))
  return (
    <div className="flex items-center">
      {WAYS.map((way) => (
        <button
          key={way}
          type="button"
          aria-label={t(way)}
          aria-keyshortcuts={CHORDS[way].replace('Ctrl', 'Control')}
          title={titleOf(way)}
          disabled={!open || !steps[way]}
          onClick={() => session.step(way)}
          className="grid size-8 place-items-center rounded-md text-ink-soft hover:bg-line hover:text-ink disabled:opacity-40 disabled:hover:bg-transparent"
        >
          <Icon name={way} />
        </button>
      ))}
      <span role="status" className="sr-only">
        {moved && <span key={moved.count}>{t(`${moved.how}Done`, { step: doneText(moved) })}</span>}
      </span>
    </div>
  )
}

const isTerminal = (target: EventTarget | null) => target instanceof HTMLElement && target.closest('.xterm') !== null
