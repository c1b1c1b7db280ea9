import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ServerMessage } from '../../server/protocol.ts'
import { initialSession, reduceSession, type SessionEvent, type SessionState } from './session-state.ts'

const play = (events: readonly SessionEvent[], from: SessionState = initialSession) =>
  events.reduce(reduceSession, from)
const got = (message: ServerMessage): SessionEvent => ({ type: 'message', message })
const ready = (...terminals: number[]) => got({ type: 'ready', terminals, restored: false })

describe('connection', () => {
  it('opens on ready and forgets failed attempts', () => {
    const state = play([
      { type: 'connecting' },
      { type: 'disconnected', final: false, offline: false },
      { type: 'connecting' },
      ready(1),
    ])
    expect(state).toMatchObject({ connection: 'open', attempt: 0, terminals: [1] })
  })
  it('says reconnecting after a break and closed when it is final', () => {
    const open = play([{ type: 'connecting' }, ready(1)])
    expect(play([{ type: 'disconnected', final: false, offline: false }], open)).toMatchObject({
      connection: 'reconnecting',
      attempt: 1,
    })
    expect(play([{ type: 'connecting' }], open).connection).toBe('reconnecting')
    expect(play([{ type: 'disconnected', final: true, offline: false }], open).connection).toBe('closed')
    const offline = play([{ type: 'disconnected', final: false, offline: true }, { type: 'connecting' }], open)
    expect(offline).toMatchObject({ connection: 'reconnecting', offline: true })
    expect(play([ready(1)], offline)).toMatchObject({ connection: 'open', offline: false })
  })
})

describe('terminals', () => {
  it('moves to a terminal the learner opened, not to one another page opened', () => {
    const own = play([ready(1), { type: 'opening' }, got({ type: 'opened', terminal: 2 })])
    expect(own).toMatchObject({ active: 2, opening: false, terminals: [1, 2] })
    expect(play([ready(1), got({ type: 'opened', terminal: 2 })]).active).toBe(1)
  })
  it('falls back to the neighbour when the active one closes, and drops its editor', () => {
    const state = play([
      ready(1, 2, 3),
      got({ type: 'editor', id: 9, terminal: 3, path: '/root/a.yml', text: '', tool: 'vi', readOnly: false }),
      got({ type: 'closed', terminal: 3 }),
    ])
    expect(state).toMatchObject({ active: 2, terminals: [1, 2], editors: [] })
  })
  it('always stands on a terminal that exists, whatever the server sends', () => {
    const terminal = fc.integer({ min: 1, max: 8 })
    const anyEvent = fc.oneof(
      terminal.map((n): SessionEvent => ({ type: 'activate', terminal: n })),
      terminal.map((n) => got({ type: 'opened', terminal: n })),
      terminal.map((n) => got({ type: 'closed', terminal: n })),
      fc.uniqueArray(terminal, { minLength: 1 }).map((all) => ready(...all)),
      fc.constant<SessionEvent>({ type: 'opening' }),
    )
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        const state = play(events)
        expect(state.terminals.length === 0 || state.terminals.includes(state.active)).toBe(true)
        expect(new Set(state.terminals).size).toBe(state.terminals.length)
      }),
    )
  })
})

describe('goals', () => {
  it('are unknown until the server says which are reached', () => {
    expect(play([{ type: 'connecting' }, ready(1)]).goals).toBe(initialSession.goals)
    const reached = play([ready(1), got({ type: 'goals', reached: ['one'] })])
    expect(reached.goals).toEqual(['one'])
    expect(play([{ type: 'disconnected', final: false, offline: false }], reached).goals).toEqual(['one'])
    expect(play([got({ type: 'goals', reached: [] })], reached).goals).toEqual([])
  })
})

describe('notices and traces', () => {
  it('shows one notice a code and at most three', () => {
    const codes = ['busy', 'busy', 'limit', 'replaced', 'too-many-terminals'] as const
    const state = play(codes.map((code) => got({ type: 'notice', code })))
    expect(state.notices.map((notice) => notice.code)).toEqual(['limit', 'replaced', 'too-many-terminals'])
    const first = state.notices[0]
    expect(play([{ type: 'dismiss', id: first?.id ?? 0 }], state).notices).toHaveLength(2)
  })
  it('closes editors whose shell is gone after a restart', () => {
    const state = play([
      ready(1),
      got({ type: 'editor', id: 1, terminal: 1, path: 'a', text: '', tool: 'vi', readOnly: false }),
      got({ type: 'notice', code: 'restarted' }),
    ])
    expect(state.editors).toEqual([])
  })
  it('offers to undo a reset for as long as it is the last thing that happened', () => {
    const move = (how: 'reset' | 'undo' | 'redo') => got({ type: 'moved', how, label: { kind: 'reset', text: '' } })
    expect(play([move('reset')]).notices.map((notice) => notice.code)).toEqual(['reset'])
    const undone = play([move('reset'), move('undo')])
    expect(undone.notices).toEqual([])
    expect(undone.moved).toMatchObject({ how: 'undo', count: 2 })
    const another = { kind: 'command', text: 'kubectl run web --image=nginx' } as const
    expect(play([move('reset'), got({ type: 'steps', undo: another })]).notices).toEqual([])
  })
  it('closes editors whose command ended with a step back', () => {
    const state = play([
      ready(1),
      got({ type: 'editor', id: 1, terminal: 1, path: 'a', text: '', tool: 'vi', readOnly: false }),
      got({ type: 'moved', how: 'undo', label: { kind: 'command', text: 'vi a' } }),
    ])
    expect(state.editors).toEqual([])
  })
  it('knows only what the server said last of undo and redo', () => {
    const label = { kind: 'command', text: 'kubectl delete svc web' } as const
    const state = play([got({ type: 'steps', undo: label, redo: label }), got({ type: 'steps', redo: label })])
    expect(state.steps).toEqual({ undo: undefined, redo: label })
  })
  it('counts the same trace twice', () => {
    const trace = {
      from: { kind: 'machine', name: 'laptop' },
      to: 'http://a',
      at: 1,
      hops: [],
      outcome: 'answered',
    } as const
    const message: ServerMessage = { type: 'trace', trace: { ...trace, hops: [] } }
    expect(play([got(message), got(message)]).traceNumber).toBe(2)
  })
})
