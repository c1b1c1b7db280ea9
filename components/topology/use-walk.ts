'use client'
import { useEffect, useState } from 'react'

const STEP_MS = 750

/** Walks `total` steps at a readable pace; with reduced motion it stands at the end at once. `run` names the walk. */
export function useWalk(run: number, total: number, skip: boolean) {
  const [state, setState] = useState({ run, step: total, playing: false })
  if (state.run !== run) {
    const still = skip || reducedMotion()
    setState({ run, step: still ? total : 0, playing: !still })
  }
  const { step, playing } = state
  useEffect(() => {
    if (!playing) return
    const timer = setTimeout(
      () => setState((now) => ({ ...now, step: Math.min(total, now.step + 1), playing: now.step + 1 < total })),
      STEP_MS,
    )
    return () => clearTimeout(timer)
  })
  return {
    step: Math.min(step, total),
    playing,
    /** Some steps on or back; the walk stands still from then on. */
    move: (by: number) =>
      setState((now) => ({
        ...now,
        playing: false,
        step: Math.max(0, Math.min(total, Math.min(now.step, total) + by)),
      })),
    toggle: () =>
      setState((now) =>
        now.playing ? { ...now, playing: false } : { ...now, playing: true, step: now.step >= total ? 0 : now.step },
      ),
  }
}

function reducedMotion(): boolean {
  return typeof matchMedia !== 'undefined' && matchMedia('(prefers-reduced-motion: reduce)').matches
}
