'use client'
import { useState } from 'react'
import type { AttemptView, ExerciseActions } from './attempt.ts'

/** Hints and solution shown so far, how to show more, and whether the last try failed. */
export function useHints(attempt: AttemptView, actions: Pick<ExerciseActions, 'hint' | 'solution'>) {
  const [hints, setHints] = useState(attempt.hints)
  const [solution, setSolution] = useState(attempt.solution)
  const [failed, setFailed] = useState(false)
  const attemptTo = async (act: () => Promise<void>) => {
    try {
      await act()
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }
  return {
    hints,
    solution,
    failed,
    reveal: (tier: 1 | 2) =>
      attemptTo(async () => {
        const text = await actions.hint(attempt.slug, tier)
        setHints((shown) => (shown.length < tier ? [...shown, text] : shown))
      }),
    showSolution: () => attemptTo(async () => setSolution(await actions.solution(attempt.slug))),
  }
}
