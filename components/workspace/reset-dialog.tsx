'use client'
import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useReset } from './use-reset.ts'

/** The one question before a reset. */
export default function ResetDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('reset')
  const { pending, failed, reset } = useReset()
  return (
    <Dialog open onClose={onClose} title={t('title')}>
      <p className="text-ink-soft">{t('text')}</p>
      {failed && (
        <p role="alert" className="mt-3 text-bad">
          {t('failed')}
        </p>
      )}
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button
          tone="danger"
          disabled={pending}
          onClick={async () => {
            if (await reset()) onClose()
          }}
        >
          {t('confirm')}
        </Button>
      </div>
    </Dialog>
  )
}
