import { afterEach, describe, expect, it, vi } from 'vitest'
import { applyPreferences, firstPaintScript } from './preferences.ts'

afterEach(() => vi.unstubAllGlobals())

/** What a run leaves on the root element, given what storage holds. */
function applied(stored: { readonly [key: string]: string }, run: () => void) {
  const dataset: { theme?: string; track?: string } = {}
  const lengths = new Map<string, string>()
  const setProperty = (name: string, value: string) => lengths.set(name, value)
  vi.stubGlobal('document', { documentElement: { dataset, style: { setProperty } } })
  vi.stubGlobal('localStorage', { getItem: (key: string) => stored[key] ?? null })
  run()
  return { ...dataset, ...Object.fromEntries(lengths) }
}

describe.each([
  ['the function', applyPreferences],
  ['the script of the first paint', () => new Function(firstPaintScript)()],
])('%s', (_, run) => {
  it('puts back theme and sizes', () => {
    expect(applied({ theme: 'dark', 'layout-split': '48.5%', 'layout-sheet': '60dvh' }, run)).toEqual({
      theme: 'dark',
      '--split': '48.5%',
      '--sheet': '60dvh',
    })
  })
  it('lets nothing else through', () => {
    expect(applied({ theme: 'pink', 'layout-split': 'url(x)', 'layout-stack': '40%;x' }, run)).toEqual({})
  })
  it('keeps the track map closed for who closed it', () => {
    expect(applied({ track: 'closed' }, run)).toEqual({ track: 'closed' })
    expect(applied({ track: 'open' }, run)).toEqual({})
  })
  it('survives storage that is off', () => {
    vi.stubGlobal('localStorage', undefined)
    expect(() => run()).not.toThrow()
  })
})
