'use client'
import { useTranslations } from 'next-intl'
import { lazy, useEffect, useState } from 'react'
import { Divider } from '../ui/divider.tsx'
import { Lazily } from './lazily.tsx'
import { focusTraceEvent, showTerminalEvent } from './page-events.ts'
import { SheetBar } from './sheet-bar.tsx'
import { TerminalPlaceholder } from './terminal-placeholder.tsx'

const TerminalPane = lazy(() => import('../terminal/terminal-pane.tsx'))
const TopologyPane = lazy(() => import('../topology/topology-pane.tsx'))

export type SheetTab = 'terminal' | 'cluster'

/**
 * Terminal above, cluster below; on small screens a sheet at the foot of the page with a tab for each. The machines
 * load once the text is on screen, into places that already have their size.
 */
export function WorkspacePane({ prepared }: { readonly prepared?: string }) {
  const t = useTranslations('workspace')
  const [tab, setTab] = useState<SheetTab>('terminal')
  const [collapsed, setCollapsed] = useState(false)
  useEffect(() => {
    const show = () => {
      setTab('terminal')
      setCollapsed(false)
    }
    const walk = () => {
      setTab('cluster')
      setCollapsed(false)
    }
    window.addEventListener(showTerminalEvent, show)
    window.addEventListener(focusTraceEvent, walk)
    return () => {
      window.removeEventListener(showTerminalEvent, show)
      window.removeEventListener(focusTraceEvent, walk)
    }
  }, [])
  return (
    <section aria-label={t('label')} className="contents">
      <Divider name="split" orientation="vertical" label={t('divider')} initial={57.5} min={28} max={68} />
      <div data-panes className="workspace-pane" data-tab={tab} data-collapsed={collapsed || undefined}>
        <SheetBar tab={tab} onTab={setTab} collapsed={collapsed} onCollapse={setCollapsed} />
        <section aria-label={t('terminal')} className="pane-terminal min-h-0 min-w-0">
          <Lazily waiting={<TerminalPlaceholder />}>
            <TerminalPane prepared={prepared} />
          </Lazily>
        </section>
        <Divider name="stack" orientation="horizontal" label={t('stackDivider')} initial={44} min={20} max={85} />
        <section aria-label={t('cluster')} className="pane-cluster min-h-0 min-w-0 bg-surface">
          <Lazily waiting={null}>
            <TopologyPane />
          </Lazily>
        </section>
      </div>
    </section>
  )
}
