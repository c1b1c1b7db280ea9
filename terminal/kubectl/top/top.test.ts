import { describe, expect, it } from 'vitest'
import { checkSortKey, cpuText, memoryText, percentText, usedOf } from './metrics.ts'

describe('quantities of the metrics API', () => {
  it('are printed as millicores and MiB, CPU rounded up and memory cut off', () => {
    const used = usedOf({ cpu: '1234567n', memory: '20000Ki' })
    expect(cpuText(used)).toBe('2m')
    expect(memoryText(used)).toBe('19Mi')
    expect(cpuText(usedOf({ cpu: '250m' }))).toBe('250m')
    expect(percentText(0.25, 2)).toBe('12%')
  })

  it('sort by two keys only', () => {
    expect(() => checkSortKey('name')).toThrow('--sort-by accepts only cpu or memory')
    expect(() => checkSortKey('cpu')).not.toThrow()
  })
})
