'use client'
import { type ReactNode, Suspense, useEffect, useState } from 'react'

interface LazilyProps {
  readonly waiting: ReactNode
  readonly children: ReactNode
}

/** Draws heavy children once the browser has nothing more urgent to do, in a place that already has its size. */
export function Lazily({ waiting, children }: LazilyProps) {
  return useIdle() ? <Suspense fallback={waiting}>{children}</Suspense> : waiting
}

function useIdle(): boolean {
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
