'use client'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useRef } from 'react'
import { ConnectionPill } from '../workspace/connection-pill.tsx'
import { Notices } from '../workspace/notices.tsx'
import { useSessionState } from '../workspace/provider.tsx'
import { StepButtons } from '../workspace/step-buttons.tsx'
import { createTerminal } from './create-terminal.ts'
import { KeyRow } from './key-row.tsx'
import { TerminalMenu } from './terminal-menu.tsx'
import { TerminalTabs } from './terminal-tabs.tsx'
import { TerminalView } from './terminal-view.tsx'

const EditorPane = lazy(() => import('../editor/editor-pane.tsx'))

interface TerminalPaneProps {
  /** A command that waits on the first prompt for Enter. */
  readonly prepared?: string | undefined
}

/** The terminals of a workspace, their tabs, the menu, and the editor that `vi` and `nano` open over them. */
export default function TerminalPane({ prepared }: TerminalPaneProps) {
  const t = useTranslations('terminal')
  const terminals = useSessionState((state) => state.terminals)
  const active = useSessionState((state) => state.active)
  const connection = useSessionState((state) => state.connection)
  const editors = useSessionState((state) => state.editors)
  const editor = editors.find((one) => one.terminal === active)
  const tab = useRef<HTMLButtonElement>(null)
  const broken = connection === 'reconnecting' || connection === 'closed'
  return (
    <div className="group flex h-full flex-col bg-term-paper">
      <div className="flex h-10 shrink-0 items-stretch justify-between gap-2 border-b border-line bg-surface">
        <TerminalTabs activeRef={tab} />
        <div className="flex shrink-0 items-center gap-1 pr-1.5">
          <span className="mr-1 hidden text-xs text-ink-soft lg:group-focus-within:inline">
            {t('leaveHint', { keys: 'Ctrl+Shift+K' })}
          </span>
          <StepButtons />
          <TerminalMenu />
        </div>
      </div>
      <div className="relative min-h-0 flex-1 overflow-hidden">
        <div
          className={`terminal-screen absolute inset-0 transition-opacity duration-200 ${broken ? 'opacity-45' : ''}`}
        >
          {terminals.map((number) => (
            <TerminalView
              key={number}
              number={number}
              active={number === active}
              create={createTerminal}
              label={t('tab', { number })}
              prepared={number === 1 ? prepared : undefined}
              onLeave={() => tab.current?.focus()}
            />
          ))}
        </div>
        <ConnectionPill />
        {editor && (
          <Suspense>
            <EditorPane key={editor.id} request={editor} />
          </Suspense>
        )}
        <Notices />
      </div>
      <KeyRow terminal={active} />
    </div>
  )
}
