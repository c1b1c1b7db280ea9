import { describe, expect, test } from 'vitest'
import { createTypist } from './testing/typist.ts'

describe('a line that would never end', () => {
  test('a fork bomb runs out, and the terminal goes on', async () => {
    const typist = await createTypist({ rows: 40 })
    await typist.typeUntil(':(){ :|:& };:\r', 'fork: Resource temporarily unavailable')
    await typist.type('\x03')
    await typist.typeUntil('clear; unset -f :; sleep 1 & wait; echo still here\r', '\nstill here')
    expect(typist.screen()).not.toContain('Resource temporarily unavailable')
  })
})
