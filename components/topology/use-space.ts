'use client'
import { type RefObject, useEffect, useState } from 'react'
import type { Space } from './fit.ts'

/** The room an element has to draw in. */
export function useSpace(element: RefObject<HTMLElement | null>): Space {
  const [space, setSpace] = useState<Space>({ width: 640, height: 0 })
  useEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      const { width, height } = entry.contentRect
      setSpace({ width: Math.floor(width), height: Math.floor(height) })
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return space
}
