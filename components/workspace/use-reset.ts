'use client'
import { useState } from 'react'
import type { WorkspaceKey } from '../../server/protocol.ts'
import { useWorkspaceActions } from './provider.tsx'

/** Reset and its undo, with whether one is under way and whether the last one failed. */
export function useReset(workspace: WorkspaceKey) {
  const actions = useWorkspaceActions()
  const [pending, setPending] = useState(false)
  const [failed, setFailed] = useState(false)
  const run = async (act: (key: WorkspaceKey) => Promise<boolean>) => {
    setPending(true)
    const done = await act(workspace).catch(() => false)
    setPending(false)
    setFailed(!done)
    return done
  }
  return { pending, failed, reset: () => run(actions.reset), undo: () => run(actions.undoReset) }
}
