'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import type { EditorRequest } from '../workspace/session-state.ts'
import { useEditor } from './use-editor.ts'

const statusTexts = { changed: 'changed', saved: 'saved', stuck: 'stuck' } as const

/** The editor that `vi`, `nano` and `kubectl edit` open over their terminal. The command ends when it closes. */
export default function EditorPane({ request }: { readonly request: EditorRequest }) {
  const t = useTranslations('editor')
  const { path, tool, readOnly } = request
  const { element, status, dirty, saveAndQuit, finish } = useEditor(request, t('dirtyQuit'))
  const [asking, setAsking] = useState(false)
  const standing = readOnly ? t('readOnly') : status === 'clean' ? '' : t(statusTexts[status])
  return (
    <section aria-label={t('label', { path })} className="settle-in absolute inset-0 z-10 flex flex-col bg-term-paper">
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-3 py-1.5">
        <span className="min-w-0 truncate font-mono text-[0.8125rem] font-semibold">{path}</span>
        <span role="status" className={`text-[0.8125rem] ${status === 'stuck' ? 'text-bad' : 'text-ink-soft'}`}>
          {standing}
        </span>
        <div className="ml-auto flex gap-1.5">
          {!readOnly && (
            <Button size="small" tone="primary" onClick={saveAndQuit}>
              {t('saveClose')}
            </Button>
          )}
          <Button size="small" onClick={() => (dirty() ? setAsking(true) : finish())}>
            {t('close')}
          </Button>
        </div>
      </div>
      <div ref={element} className="min-h-0 flex-1 overflow-hidden" />
      <p className="border-t border-line bg-surface px-3 py-1 text-xs text-ink-soft">
        {tool === 'vi' ? t('vi') : t('nano')}
      </p>
      {asking && <DiscardDialog path={path} onKeep={() => setAsking(false)} onDiscard={finish} />}
    </section>
  )
}

interface DiscardDialogProps {
  readonly path: string
  readonly onKeep: () => void
  readonly onDiscard: () => void
}

function DiscardDialog({ path, onKeep, onDiscard }: DiscardDialogProps) {
  const t = useTranslations('editor')
  return (
    <Dialog open onClose={onKeep} title={t('discardTitle')}>
      <p className="text-ink-soft">{t('discardText', { path })}</p>
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onKeep}>{t('keep')}</Button>
        <Button tone="danger" onClick={onDiscard}>
          {t('discard')}
        </Button>
      </div>
    </Dialog>
  )
}
