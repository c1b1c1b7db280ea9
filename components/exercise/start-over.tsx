'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import { ResetDialog } from '../workspace/reset-dialog.tsx'
import { useReset } from '../workspace/use-reset.ts'

/** Reset with one question, and its undo for as long as there is something to go back to. */
export function StartOver({ canUndo }: { readonly canUndo: boolean }) {
  const t = useTranslations()
  const [asking, setAsking] = useState(false)
  const [undoable, setUndoable] = useState(canUndo)
  const { pending, failed, undo } = useReset()
  return (
    <div className="flex items-center gap-1">
      <Button size="small" tone="quiet" onClick={() => setAsking(true)}>
        <Icon name="restart" className="size-3.5" />
        {t('exercise.reset')}
      </Button>
      {undoable && (
        <Button
          size="small"
          tone="quiet"
          disabled={pending}
          onClick={async () => {
            if (await undo()) setUndoable(false)
          }}
        >
          <Icon name="undo" className="size-3.5" />
          {t('exercise.undo')}
        </Button>
      )}
      {failed && (
        <span role="alert" className="text-sm text-bad">
          {t('reset.nothing')}
        </span>
      )}
      {asking && <ResetDialog onClose={() => setAsking(false)} onDone={() => setUndoable(true)} />}
    </div>
  )
}
