'use client'
import { useTranslations } from 'next-intl'
import { type RefObject, type SubmitEvent, useId, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icons.tsx'
import type { ExerciseActions, Receipt } from './attempt.ts'

interface ReportTaskProps {
  readonly slug: string
  readonly actions: Pick<ExerciseActions, 'report'>
}

/** For a task or a check that is wrong: says what will be kept before anything is sent, and gives a number afterwards. */
export function ReportTask({ slug, actions }: ReportTaskProps) {
  const t = useTranslations('report')
  const [open, setOpen] = useState(false)
  const [message, setMessage] = useState('')
  const [receipt, setReceipt] = useState<Receipt | 'failed'>()
  const words = useRef<HTMLTextAreaElement>(null)
  const close = () => {
    setOpen(false)
    if (typeof receipt === 'object' && 'number' in receipt) setMessage('')
    setReceipt(undefined)
  }
  const send = async () => setReceipt(await actions.report(slug, message).catch(() => 'failed' as const))
  return (
    <div className="mt-8 border-t border-line pt-4">
      <Button size="small" tone="quiet" className="-ml-2.5" onClick={() => setOpen(true)}>
        <Icon name="warning" className="size-3.5" />
        {t('open')}
      </Button>
      {open && (
        <Dialog open onClose={close} title={t('open')} initialFocus={words}>
          {typeof receipt === 'object' && 'number' in receipt ? (
            <Thanks number={receipt.number} onDone={close} />
          ) : (
            <Form
              words={words}
              message={message}
              onChange={setMessage}
              onSend={send}
              onCancel={close}
              problem={receipt}
            />
          )}
        </Dialog>
      )}
    </div>
  )
}

interface FormProps {
  /** The field, for the focus. */
  readonly words: RefObject<HTMLTextAreaElement | null>
  readonly message: string
  readonly onChange: (message: string) => void
  readonly onSend: () => Promise<void>
  readonly onCancel: () => void
  readonly problem: Exclude<Receipt, { readonly number: number }> | 'failed' | undefined
}

function Form({ words, message, onChange, onSend, onCancel, problem }: FormProps) {
  const t = useTranslations('report')
  const id = useId()
  const [sending, setSending] = useState(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setSending(true)
    await onSend()
    setSending(false)
  }
  return (
    <form onSubmit={submit}>
      <label htmlFor={id} className="font-medium">
        {t('label')}
      </label>
      <textarea
        ref={words}
        id={id}
        required
        maxLength={2000}
        rows={5}
        value={message}
        placeholder={t('example')}
        onChange={(event) => onChange(event.target.value)}
        className="mt-1.5 w-full resize-y rounded-lg border border-line-strong bg-raised px-3 py-2 text-base leading-6 placeholder:text-ink-soft"
      />
      <div className="mt-3 text-[0.875rem] leading-6 text-ink-soft">
        <p>{t('kept')}</p>
        <ul className="list-disc pl-5">
          <li>{t('keptCluster')}</li>
          <li>{t('keptCommands')}</li>
          <li>{t('keptVerdict')}</li>
        </ul>
      </div>
      {problem && (
        <p role="alert" className="mt-3 text-bad">
          {problem === 'failed' ? t('failed') : t('enough')}
        </p>
      )}
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="submit" tone="primary" disabled={sending || message.trim() === ''}>
          {sending ? t('sending') : t('send')}
        </Button>
      </div>
    </form>
  )
}

function Thanks({ number, onDone }: { readonly number: number; readonly onDone: () => void }) {
  const t = useTranslations('report')
  return (
    <div role="status">
      <p className="text-lg font-semibold tabular-nums">{t('receipt', { number: String(number) })}</p>
      <p className="mt-1.5 text-ink-soft">{t('thanks')}</p>
      <div className="mt-5 flex justify-end">
        <Button tone="primary" onClick={onDone}>
          {t('done')}
        </Button>
      </div>
    </div>
  )
}
