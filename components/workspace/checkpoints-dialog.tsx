'use client'
import { useFormatter, useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icons.tsx'
import { useSession, useWorkspaceActions } from './provider.tsx'
import { useList } from './use-list.ts'

const LONGEST_NAME = 60

/** Names the cluster's state as it is, lists the named ones, goes back to one. */
export default function CheckpointsDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('checkpoints')
  const format = useFormatter()
  const { workspace } = useSession()
  const actions = useWorkspaceActions()
  const list = useList(() => actions.checkpoints(workspace))
  const [name, setName] = useState('')
  const field = useId()
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    if (await list.add(() => actions.saveCheckpoint(workspace, name))) setName('')
  }
  return (
    <Dialog open onClose={onClose} title={t('title')}>
      <p className="text-ink-soft">{t('text')}</p>
      <form onSubmit={save} className="mt-4">
        <label htmlFor={field} className="text-[0.875rem] font-semibold">
          {t('name')}
        </label>
        <div className="mt-1 flex gap-2">
          <input
            id={field}
            value={name}
            maxLength={LONGEST_NAME}
            autoComplete="off"
            placeholder={t('example')}
            onChange={(event) => setName(event.target.value)}
            className="min-h-10 min-w-0 flex-1 rounded-lg border border-line-strong bg-paper px-3 text-[0.9375rem]"
          />
          <Button type="submit" tone="primary" disabled={list.pending || name.trim() === ''}>
            {t('save')}
          </Button>
        </div>
      </form>
      {list.problem && (
        <p role="alert" className="mt-3 text-bad">
          {t(list.problem)}
        </p>
      )}
      {list.items?.length === 0 && <p className="mt-5 text-[0.9375rem] text-ink-soft">{t('none')}</p>}
      <ul aria-label={t('title')} className="mt-4 divide-y divide-line empty:hidden">
        {list.items?.map(({ id, name: called, createdAt }) => (
          <li key={id} className="flex items-center gap-2 py-2">
            <span className="min-w-0 flex-1">
              <span className="block wrap-anywhere">{called}</span>
              <span className="block text-[0.8125rem] text-ink-soft">
                {format.dateTime(createdAt, { dateStyle: 'medium', timeStyle: 'short' })}
              </span>
            </span>
            <Button
              size="small"
              disabled={list.pending}
              aria-label={t('goTo', { name: called })}
              onClick={async () => {
                if (await list.use(() => actions.goToCheckpoint(workspace, id))) onClose()
              }}
            >
              <Icon name="undo" className="size-3.5" />
              {t('go')}
            </Button>
            <button
              type="button"
              disabled={list.pending}
              aria-label={t('delete', { name: called })}
              onClick={() => list.remove(id, () => actions.deleteCheckpoint(workspace, id))}
              className="grid size-8 place-items-center rounded-md text-ink-soft hover:bg-surface hover:text-ink disabled:opacity-50"
            >
              <Icon name="cross" className="size-3.5" />
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
