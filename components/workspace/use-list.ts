'use client'
import { useEffect, useState } from 'react'
import type { Refused } from './actions.ts'

interface Listed {
  readonly id: string
}

/** A learner's list on the server: undefined while it loads; `problem` says why the last wish was not met. */
export function useList<T extends Listed>(load: () => Promise<readonly T[]>) {
  const [items, setItems] = useState<readonly T[]>()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Refused>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: loaded once, when the list is opened
  useEffect(() => {
    let current = true
    load().then(
      (loaded) => current && setItems(loaded),
      () => current && setProblem('refused'),
    )
    return () => {
      current = false
    }
  }, [])
  const ask = async <R>(act: () => Promise<R>): Promise<R | undefined> => {
    setPending(true)
    setProblem(undefined)
    try {
      return await act()
    } catch {
      setProblem('refused')
    } finally {
      setPending(false)
    }
  }
  return {
    items,
    pending,
    problem,
    /** Gives what was added. */
    async add(act: () => Promise<T | Refused>): Promise<T | undefined> {
      const added = await ask(act)
      if (typeof added === 'string') setProblem(added)
      if (added === undefined || typeof added === 'string') return undefined
      setItems((known) => [added, ...(known ?? [])])
      return added
    },
    async remove(id: string, act: () => Promise<void>): Promise<void> {
      await ask(async () => {
        await act()
        setItems((known) => known?.filter((item) => item.id !== id))
      })
    },
    /** True when it was done. */
    async use(act: () => Promise<boolean>): Promise<boolean> {
      const done = await ask(act)
      if (done === false) setProblem('refused')
      return done === true
    },
  }
}
