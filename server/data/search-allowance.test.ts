import { expect, it } from 'vitest'
import { maySearch } from './search-allowance.ts'

it('lets a learner type, stops a flood, and leaves others alone', () => {
  const flood = Array.from({ length: 200 }, () => maySearch({ id: 'flood' }))
  expect(flood.slice(0, 30)).not.toContain(false)
  expect(flood.filter((taken) => !taken).length).toBeGreaterThan(100)
  expect(maySearch({ id: 'other' })).toBe(true)
})

it('forgets whoever searched longest ago, and nobody who just did', () => {
  const used = () => Array.from({ length: 200 }, () => maySearch({ id: 'first' })).some((taken) => !taken)
  expect(used()).toBe(true)
  for (let i = 0; i < 5000; i++) maySearch({ id: `learner-${i}` })
  expect(Array.from({ length: 30 }, () => maySearch({ id: 'first' }))).not.toContain(false)
})
