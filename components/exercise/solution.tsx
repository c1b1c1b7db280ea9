'use client'
import { useTranslations } from 'next-intl'
import { CopyButton } from '../lesson/copy-button.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ScrollablePre } from '../ui/scrollable.tsx'

interface SolutionDialogProps {
  readonly onClose: () => void
  readonly onShow: () => void
}

/** Asks before the solution is shown. */
export function SolutionDialog({ onClose, onShow }: SolutionDialogProps) {
  const t = useTranslations('exercise')
  return (
    <Dialog open onClose={onClose} title={t('solutionTitle')}>
      <p className="text-ink-soft">{t('solutionText')}</p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t('solutionCancel')}</Button>
        <Button tone="primary" onClick={onShow}>
          {t('solutionShow')}
        </Button>
      </div>
    </Dialog>
  )
}

/** One way to solve it, to read and copy. */
export function Solution({ text }: { readonly text: string }) {
  const t = useTranslations('exercise')
  return (
    <figure className="settle-in mt-4 overflow-hidden rounded-lg border border-line bg-surface">
      <figcaption className="flex min-h-10 items-center justify-between border-b border-line py-1 pr-1.5 pl-4 text-[0.8125rem] font-semibold text-ink-soft">
        {t('solutionHeading')}
        <CopyButton text={text} />
      </figcaption>
      <ScrollablePre className="overflow-x-auto px-4 py-3 text-[0.875rem] leading-6">
        <code>{text}</code>
      </ScrollablePre>
    </figure>
  )
}
