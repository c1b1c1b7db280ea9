'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import { useProgress } from './progress-provider.tsx'

/** Marks the lesson as done. */
export function Finish({ slug }: { readonly slug: string }) {
  const t = useTranslations('lesson')
  const { marks, complete } = useProgress()
  const [state, setState] = useState<'idle' | 'pending' | 'failed'>('idle')
  if (marks[`lesson/${slug}`] === 'done')
    return (
      <p role="status" className="flex min-h-10 items-center gap-2 font-medium text-good">
        <Icon name="check" strokeWidth="2" />
        {t('finished')}
      </p>
    )
  return (
    <div>
      <Button
        tone="primary"
        disabled={state === 'pending'}
        onClick={async () => {
          setState('pending')
          setState((await complete()) ? 'idle' : 'failed')
        }}
      >
        <Icon name="check" />
        {t('finish')}
      </Button>
      {state === 'failed' && (
        <p role="alert" className="mt-2 text-bad">
          {t('finishFailed')}
        </p>
      )}
    </div>
  )
}
