import { expect, test } from 'vitest'
import { createAllowance } from './allowance.ts'

test('a burst, then a steady rate', () => {
  let now = 0
  const allowance = createAllowance({ burst: 3, perSecond: 2 }, () => now)
  const takeAll = () => Array.from({ length: 10 }, () => allowance.take()).filter(Boolean).length
  expect(takeAll()).toBe(3)
  now += 500
  expect(takeAll()).toBe(1)
  now += 60_000
  expect(takeAll()).toBe(3)
})
