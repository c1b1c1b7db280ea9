'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import ResetDialog from '../workspace/reset-dialog.tsx'

/** Reset with one question; undo stands at the terminal. */
export function StartOver() {
  const t = useTranslations('exercise')
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button size="small" tone="quiet" onClick={() => setAsking(true)}>
        <Icon name="restart" className="size-3.5" />
        {t('reset')}
      </Button>
      {asking && <ResetDialog onClose={() => setAsking(false)} />}
    </>
  )
}
