'use client'
import { useFormatter, useTranslations } from 'next-intl'
import { CopyButton } from '../lesson/copy-button.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icons.tsx'
import { useSession } from '../workspace/provider.tsx'
import { KUBECONFIG_NAME, useKubeconfig } from './use-kubeconfig.ts'

const COMMAND = `KUBECONFIG=~/Downloads/${KUBECONFIG_NAME} kubectl get svc`

/** How the learner's own kubectl reaches this cluster, and how to shut it out again. */
export default function KubeconfigDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('kubeconfig')
  const format = useFormatter()
  const { workspace } = useSession()
  const { issuedAt, pending, failed, download, revoke } = useKubeconfig(workspace)
  return (
    <Dialog open onClose={onClose} title={t('title')}>
      <p className="text-ink-soft">{t('text')}</p>
      <div className="mt-4 flex items-center gap-2 rounded-lg border border-line bg-surface py-1.5 pr-1.5 pl-3">
        <code className="min-w-0 flex-1 font-mono text-[0.8125rem] wrap-anywhere">{COMMAND}</code>
        <CopyButton text={COMMAND} />
      </div>
      {issuedAt !== undefined && (
        <p role="status" className="mt-4 text-[0.875rem] text-ink-soft">
          {t('issued', { time: format.dateTime(issuedAt, { dateStyle: 'medium', timeStyle: 'short' }) })}
        </p>
      )}
      {failed && (
        <p role="alert" className="mt-3 text-bad">
          {t('failed')}
        </p>
      )}
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        {issuedAt !== undefined && (
          <Button tone="danger" disabled={pending} onClick={revoke}>
            {t('revoke')}
          </Button>
        )}
        <Button tone="primary" disabled={pending} onClick={download}>
          <Icon name="download" /> {t('download')}
        </Button>
      </div>
    </Dialog>
  )
}
