'use client'
import { lazy } from 'react'
import { Lazily } from '../workspace/lazily.tsx'
import { TerminalPlaceholder } from '../workspace/terminal-placeholder.tsx'

const TerminalPane = lazy(() => import('../terminal/terminal-pane.tsx'))

/** The terminal of the home page: already at a prompt, with a command that waits for Enter. */
export function HomeTerminal() {
  return (
    <Lazily waiting={<TerminalPlaceholder />}>
      <TerminalPane prepared="kubectl get nodes" />
    </Lazily>
  )
}
