'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'

export function CopyButton({ text }: { readonly text: string }) {
  const t = useTranslations('lesson')
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      setState('failed')
    }
    setTimeout(() => setState('idle'), 2500)
  }
  return (
    <Button tone="quiet" size="small" onClick={copy}>
      <Icon name={state === 'copied' ? 'check' : 'copy'} className="size-3.5" />
      <span aria-live="polite">
        {state === 'copied' ? t('copied') : state === 'failed' ? t('copyFailed') : t('copy')}
      </span>
    </Button>
  )
}
