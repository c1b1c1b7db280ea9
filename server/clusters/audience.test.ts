import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ServerMessage } from '../protocol.ts'
import { createAudience, type Member } from './audience.ts'
import { createOutputBuffer } from './output-buffer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function page() {
  const got: ServerMessage[] = []
  const state = { taking: true }
  const member: Member = {
    send: (message) => state.taking && got.push(message) > 0,
    shown: new Map(),
    waiting: new Map(),
  }
  return { got, state, member }
}

const topology = (name: string): ServerMessage => ({
  type: 'topology',
  view: { machines: [], pods: [], services: [], ingresses: [], places: { 1: name } },
})

describe('audience', () => {
  test('output printed in one go travels together, to every page', () => {
    const buffer = createOutputBuffer(1000)
    const audience = createAudience(() => [[1, buffer]])
    const [a, b] = [page(), page()]
    audience.join(a.member)
    audience.join(b.member)
    for (const text of ['one ', 'two ', 'three']) {
      buffer.append(text)
      audience.outputChanged()
    }
    vi.advanceTimersByTime(50)
    const expected = [{ type: 'output', terminal: 1, seq: 13, data: 'one two three' }]
    expect(a.got).toEqual(expected)
    expect(b.got).toEqual(expected)
  })

  test('a page that is too slow gets the newest picture and all the output once it caught up', () => {
    const buffer = createOutputBuffer(1000)
    const audience = createAudience(() => [[1, buffer]])
    const slow = page()
    audience.join(slow.member)
    slow.state.taking = false
    for (const name of ['old', 'newer', 'newest']) audience.tell(topology(name))
    audience.tell({ type: 'opened', terminal: 2 })
    buffer.append('printed meanwhile')
    audience.outputChanged()
    vi.advanceTimersByTime(50)
    expect(slow.got).toEqual([])
    slow.state.taking = true
    audience.catchUp(slow.member)
    expect(slow.got).toEqual([
      topology('newest'),
      { type: 'opened', terminal: 2 },
      { type: 'output', terminal: 1, seq: 17, data: 'printed meanwhile' },
    ])
  })

  test('nobody there: no timer is left ticking', () => {
    const audience = createAudience(() => [])
    audience.outputChanged()
    expect(vi.getTimerCount()).toBe(0)
  })
})
