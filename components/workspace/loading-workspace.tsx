'use client'
import { useTranslations } from 'next-intl'
import { TerminalPlaceholder } from './terminal-placeholder.tsx'

/** The shape of a workspace page that is on its way. */
export function LoadingWorkspace() {
  const t = useTranslations('site')
  return (
    <div data-loading className="workspace-page">
      <main className="min-w-0 px-5 pt-6 pb-16 sm:px-6">
        <p role="status" className="sr-only">
          {t('loading')}
        </p>
        <div className="mx-auto max-w-2xl space-y-4">
          <div className="h-9 w-2/3 rounded-lg bg-surface" />
          <div className="h-40 rounded-lg bg-surface" />
        </div>
      </main>
      <div className="divider" />
      <div className="workspace-pane">
        <div className="pane-terminal">
          <TerminalPlaceholder />
        </div>
        <div className="divider" />
        <div className="pane-cluster bg-surface" />
      </div>
    </div>
  )
}
