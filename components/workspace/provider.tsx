'use client'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { Locale } from '../../i18n/routing.ts'
import type { WorkspaceKey } from '../../server/protocol.ts'
import { WorkspaceSession } from './session.ts'
import { initialSession, type SessionState } from './session-state.ts'

const SessionContext = createContext<WorkspaceSession | undefined>(undefined)

interface ProviderProps {
  readonly workspace: WorkspaceKey
  readonly locale: Locale
  readonly children: ReactNode
}

/** Gives the terminal, the topology and the code blocks of a page one shared connection to its cluster. */
export function WorkspaceProvider({ workspace, locale, children }: ProviderProps) {
  const [session] = useState(() => new WorkspaceSession(workspace, locale))
  useEffect(() => () => session.stop(), [session])
  return <SessionContext value={session}>{children}</SessionContext>
}

/** The page's session; undefined on pages without a workspace. */
export function useOptionalSession(): WorkspaceSession | undefined {
  return useContext(SessionContext)
}

export function useSession(): WorkspaceSession {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside of a WorkspaceProvider')
  return session
}

const nothing = () => () => {}
const atRest = () => initialSession

/** One part of the session's state; redraws only when that part changes. */
export function useSessionState<T>(select: (state: SessionState) => T): T {
  const session = useContext(SessionContext)
  const read = () => select(session ? session.snapshot() : initialSession)
  return useSyncExternalStore(session?.subscribe ?? nothing, read, () => select(atRest()))
}
