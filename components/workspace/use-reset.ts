'use client'
import { useState } from 'react'
import { useSession, useWorkspaceActions } from './provider.tsx'

/** Reset of the page's workspace, with whether it is under way and whether the last one failed. */
export function useReset() {
  const { workspace } = useSession()
  const actions = useWorkspaceActions()
  const [pending, setPending] = useState(false)
  const [failed, setFailed] = useState(false)
  const reset = async () => {
    setPending(true)
    const done = await actions.reset(workspace).catch(() => false)
    setPending(false)
    setFailed(!done)
    return done
  }
  return { pending, failed, reset }
}
