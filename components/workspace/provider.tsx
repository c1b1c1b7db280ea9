'use client'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { Locale } from '../../i18n/routing.ts'
import type { WorkspaceKey } from '../../server/protocol.ts'
import type { WorkspaceActions } from './actions.ts'
import { WorkspaceSession } from './session.ts'
import { initialSession, type SessionState } from './session-state.ts'

interface Workspace {
  readonly session: WorkspaceSession
  readonly actions: WorkspaceActions
}
const WorkspaceContext = createContext<Workspace | undefined>(undefined)

interface ProviderProps {
  readonly workspace: WorkspaceKey
  readonly locale: Locale
  readonly actions: WorkspaceActions
  readonly children: ReactNode
}

/** Gives the terminal, the topology and the code blocks of a page one shared connection to its cluster. */
export function WorkspaceProvider({ workspace, locale, actions, children }: ProviderProps) {
  const [value] = useState(() => ({ session: new WorkspaceSession(workspace, locale), actions }))
  useEffect(() => () => value.session.stop(), [value])
  return <WorkspaceContext value={value}>{children}</WorkspaceContext>
}

function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (!workspace) throw new Error('There is no WorkspaceProvider above this component.')
  return workspace
}

/** The page's session; undefined on pages without a workspace. */
export const useOptionalSession = (): WorkspaceSession | undefined => useContext(WorkspaceContext)?.session
export const useSession = (): WorkspaceSession => useWorkspace().session
export const useWorkspaceActions = (): WorkspaceActions => useWorkspace().actions

const nothing = () => () => {}

/** One part of the session's state; redraws only when that part changes. */
export function useSessionState<T>(select: (state: SessionState) => T): T {
  const session = useOptionalSession()
  const read = () => select(session ? session.snapshot() : initialSession)
  return useSyncExternalStore(session?.subscribe ?? nothing, read, () => select(initialSession))
}
