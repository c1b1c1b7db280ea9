import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StepLabel } from '../protocol.ts'
import { BUDGETS } from './budgets.ts'
import type { ClusterState } from './saved-state.ts'
import { createTimeline, type KnownStep } from './timeline.ts'

const stateOf = (name: string): ClusterState => ({ snapshot: { version: 1, blueprint: name } })
const labelOf = (text: string): StepLabel => ({ kind: 'command', text })

/** A timeline with a database that writes when told, and a plain list of names that it must agree with. */
class Walk {
  readonly rows = new Map<number, { readonly label: StepLabel | undefined; readonly name: string }>()
  timeline = createTimeline(1, [])
  present = 'start'

  add(text: string) {
    this.timeline.add(labelOf(text), stateOf(this.present))
    this.present = `after ${text}`
  }
  write(size = 1) {
    const changes = this.timeline.changes()
    for (const number of changes.removed) this.rows.delete(number)
    for (const { number, label, state } of changes.written)
      this.rows.set(number, { label, name: state.snapshot.blueprint })
    this.timeline.kept(changes, new Map(changes.written.map(({ number }) => [number, size])))
  }
  move(to: 'undo' | 'redo') {
    if (!this.timeline[to]) return
    this.write()
    const target = this.timeline.at + (to === 'undo' ? -1 : 1)
    const name = this.rows.get(target)?.name
    this.timeline.move(to, stateOf(this.present))
    this.present = name ?? 'lost'
  }
  restart() {
    this.write()
    const known: KnownStep[] = [...this.rows]
      .sort(([a], [b]) => a - b)
      .map(([number, { label }]) => ({ number, label, size: 1 }))
    this.timeline = createTimeline(this.timeline.at, known)
  }
}

describe('a timeline', () => {
  test('goes where a list of states would, whatever is done in which order, through restarts', () => {
    const act = fc.oneof(
      { weight: 4, arbitrary: fc.constant('add' as const) },
      { weight: 3, arbitrary: fc.constant('undo' as const) },
      { weight: 2, arbitrary: fc.constant('redo' as const) },
      fc.constant('write' as const),
      fc.constant('restart' as const),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const walk = new Walk()
        let past: string[] = []
        let future: string[] = []
        let present = 'start'
        for (const [i, one] of acts.entries()) {
          if (one === 'add') {
            walk.add(`${i}`)
            past = [...past, present].slice(-BUDGETS.steps)
            present = `after ${i}`
            future = []
          } else if (one === 'undo' || one === 'redo') {
            const [from, to] = one === 'undo' ? [past, future] : [future, past]
            const next = from.pop()
            walk.move(one)
            if (next !== undefined) {
              to.push(present)
              present = next
            }
          } else walk[one]()
          expect(walk.present).toBe(present)
          expect([walk.timeline.undo !== undefined, walk.timeline.redo !== undefined]).toEqual([
            past.length > 0,
            future.length > 0,
          ])
        }
      }),
    )
  })

  test('keeps no more than its budget of characters, but always the last step', () => {
    const walk = new Walk()
    for (const text of ['a', 'b', 'c']) {
      walk.add(text)
      walk.write(BUDGETS.stepCharacters / 2)
    }
    walk.write()
    expect([...walk.rows.keys()]).toEqual([2, 3])
    walk.add('d')
    walk.write(BUDGETS.stepCharacters * 2)
    walk.write()
    expect([...walk.rows.keys()]).toEqual([4])
    expect(walk.timeline.undo).toEqual(labelOf('d'))
  })

  test('names what it undoes as it was named when it was done', () => {
    const walk = new Walk()
    walk.add('a')
    walk.add('b')
    walk.move('undo')
    expect([walk.timeline.undo?.text, walk.timeline.redo?.text]).toEqual(['a', 'b'])
    walk.move('undo')
    expect([walk.timeline.undo?.text, walk.timeline.redo?.text]).toEqual([undefined, 'a'])
  })
})
