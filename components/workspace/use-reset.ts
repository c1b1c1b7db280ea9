'use client'
import { useState } from 'react'
import { useSession, useWorkspaceActions } from './provider.tsx'

/** Reset of the page's workspace and its undo, with whether one is under way and whether the last one failed. */
export function useReset() {
  const session = useSession()
  const actions = useWorkspaceActions()
  const [pending, setPending] = useState(false)
  const [failed, setFailed] = useState(false)
  const run = async (act: () => Promise<boolean>) => {
    setPending(true)
    const done = await act().catch(() => false)
    setPending(false)
    setFailed(!done)
    return done
  }
  return {
    pending,
    failed,
    reset: () => run(() => actions.reset(session.workspace)),
    undo: () => run(() => session.undo(() => actions.undoReset(session.workspace))),
  }
}
