import { describe, expect, it } from 'vitest'
import { palettes } from './palette.ts'

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(['light', 'dark'] as const)('%s terminal', (theme) => {
  const { background, foreground, selectionBackground, ...others } = palettes[theme]
  const text = Object.entries({ foreground, ...others }).filter(([name]) => !/^(cursor|scrollbar)/.test(name))
  it.each(text)('%s is readable', (_, colour) => {
    expect(contrast(String(colour), background)).toBeGreaterThanOrEqual(4.5)
  })
  it('selected text stays readable', () => {
    expect(contrast(foreground, String(selectionBackground))).toBeGreaterThanOrEqual(4.5)
  })
})
