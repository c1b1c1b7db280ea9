'use client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { type LessonActions, noMarks, type ProgressMarks } from './progress.ts'

interface Progress {
  readonly marks: ProgressMarks
  readonly complete: () => Promise<boolean>
}
const ProgressContext = createContext<Progress>({ marks: noMarks, complete: async () => false })

interface ProgressProviderProps {
  readonly slug: string
  readonly actions: LessonActions
  readonly children: ReactNode
}

/** Lesson pages are the same for everybody; what this learner did comes after, and changes nothing's size. */
export function ProgressProvider({ slug, actions, children }: ProgressProviderProps) {
  const [marks, setMarks] = useState(noMarks)
  useEffect(() => {
    let here = true
    actions.visit(slug).then(
      (next) => here && setMarks(next),
      () => {},
    )
    return () => {
      here = false
    }
  }, [slug, actions])
  const complete = async () => {
    try {
      setMarks(await actions.complete(slug))
      return true
    } catch {
      return false
    }
  }
  return <ProgressContext value={{ marks, complete }}>{children}</ProgressContext>
}

export const useProgress = () => useContext(ProgressContext)
