'use client'
import { useFormatter, useTranslations } from 'next-intl'
import { CopyButton } from '../lesson/copy-button.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icons.tsx'
import { useSession, useWorkspaceActions } from './provider.tsx'
import { useList } from './use-list.ts'

/** Makes a link that opens copies of the cluster as it is now, and ends links made before. */
export default function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('share')
  const format = useFormatter()
  const { workspace } = useSession()
  const actions = useWorkspaceActions()
  const list = useList(actions.links)
  return (
    <Dialog open onClose={onClose} title={t('title')}>
      <p className="text-ink-soft">{t('text')}</p>
      <div className="mt-4">
        <Button tone="primary" disabled={list.pending} onClick={() => list.add(() => actions.share(workspace))}>
          <Icon name="link" /> {t('create')}
        </Button>
      </div>
      {list.problem && (
        <p role="alert" className="mt-3 text-bad">
          {t(list.problem)}
        </p>
      )}
      <ul aria-label={t('links')} className="mt-4 space-y-3 empty:hidden">
        {list.items?.map(({ id, createdAt, expiresAt }) => (
          <li key={id}>
            <div className="flex items-center gap-1 rounded-lg border border-line bg-surface py-1 pr-1 pl-3">
              <code className="min-w-0 flex-1 font-mono text-[0.8125rem] wrap-anywhere">{addressOf(id)}</code>
              <CopyButton text={addressOf(id)} />
              <button
                type="button"
                disabled={list.pending}
                aria-label={t('delete')}
                title={t('delete')}
                onClick={() => list.remove(id, () => actions.deleteLink(id))}
                className="grid size-8 place-items-center rounded-md text-ink-soft hover:bg-line hover:text-ink disabled:opacity-50"
              >
                <Icon name="cross" className="size-3.5" />
              </button>
            </div>
            <p className="mt-1 text-[0.8125rem] text-ink-soft">
              {t('made', {
                made: format.dateTime(createdAt, { dateStyle: 'medium', timeStyle: 'short' }),
                until: format.dateTime(expiresAt, { dateStyle: 'medium' }),
              })}
            </p>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

/** Without a language: whoever opens it reads their own. */
const addressOf = (id: string) => `${location.origin}/shared/${id}`
