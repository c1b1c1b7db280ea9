'use client'
import { useLayoutEffect } from 'react'
import { applyPreferences } from './preferences.ts'

/** A change of language draws the whole document anew: theme and pane sizes are put back before it is painted. */
export function KeepPreferences() {
  useLayoutEffect(applyPreferences, [])
  return null
}
