'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import { showTerminalEvent } from '../workspace/page-events.ts'
import { useOptionalSession } from '../workspace/provider.tsx'

/** Sends a fence's lines to the terminal beside the text. Absent on pages without one. */
export function RunButton({ source }: { readonly source: string }) {
  const t = useTranslations('lesson')
  const session = useOptionalSession()
  const [state, setState] = useState<'idle' | 'sent' | 'offline'>('idle')
  if (!session) return null
  const run = () => {
    const sent = session.run(source.trim())
    if (sent) window.dispatchEvent(new Event(showTerminalEvent))
    setState(sent ? 'sent' : 'offline')
    setTimeout(() => setState('idle'), 2500)
  }
  return (
    <Button tone="plain" size="small" onClick={run} className="text-accent!">
      <Icon name={state === 'sent' ? 'check' : 'play'} className="size-3.5" />
      <span aria-live="polite">{state === 'sent' ? t('sent') : state === 'offline' ? t('offline') : t('run')}</span>
    </Button>
  )
}
