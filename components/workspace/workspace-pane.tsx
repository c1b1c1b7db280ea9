'use client'
import { useTranslations } from 'next-intl'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { Divider } from '../ui/divider.tsx'
import { SheetBar } from './sheet-bar.tsx'

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
  const started = useIdle()
  return (
    <section
      aria-label={t('label')}
      className="workspace-pane"
      data-tab={tab}
      data-collapsed={collapsed || undefined}
    >
      <SheetBar tab={tab} onTab={setTab} collapsed={collapsed} onCollapse={setCollapsed} />
      <section aria-label={t('terminal')} className="pane-terminal min-h-0 min-w-0">
        <Lazily started={started} waiting={<TerminalPlaceholder />}>
          <TerminalPane prepared={prepared} />
        </Lazily>
      </section>
      <Divider name="stack" orientation="horizontal" label={t('label')} initial={56} min={20} max={85} />
      <section aria-label={t('cluster')} className="pane-cluster min-h-0 min-w-0 bg-surface">
        <Lazily started={started} waiting={null}>
          <TopologyPane />
        </Lazily>
      </section>
    </section>
  )
}

/** The terminal's frame, drawn by the server: same bars, same height, nothing moves when the real one arrives. */
export function TerminalPlaceholder() {
  return (
    <div className="flex h-full flex-col bg-term-paper" aria-hidden="true">
      <div className="h-10 border-b border-line bg-surface" />
    </div>
  )
}

interface LazilyProps {
  readonly started: boolean
  readonly waiting: ReactNode
  readonly children: ReactNode
}

export function Lazily({ started, waiting, children }: LazilyProps) {
  return started ? <Suspense fallback={waiting}>{children}</Suspense> : waiting
}

/** True once the browser has nothing more urgent to do. */
export function useIdle(): boolean {
  const [idle, setIdle] = useState(false)
  useEffect(() => {
    if (typeof requestIdleCallback === 'undefined') {
      const timer = setTimeout(() => setIdle(true), 50)
      return () => clearTimeout(timer)
    }
    const request = requestIdleCallback(() => setIdle(true), { timeout: 500 })
    return () => cancelIdleCallback(request)
  }, [])
  return idle
}
