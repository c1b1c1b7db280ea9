'use client'
import { createContext, type ReactNode, useContext } from 'react'
import type { Title } from './titles.ts'

const TitlesContext = createContext<readonly Title[]>([])

interface TitlesProviderProps {
  readonly titles: readonly Title[]
  readonly children: ReactNode
}

/** Titles for every search field of the page. */
export function TitlesProvider({ titles, children }: TitlesProviderProps) {
  return <TitlesContext value={titles}>{children}</TitlesContext>
}

export const useTitles = () => useContext(TitlesContext)
