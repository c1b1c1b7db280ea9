import { describe, expect, it } from 'vitest'
import type { GoalThing, GoalView } from '../../curriculum/goal-picture/goal-view.ts'
import { layoutGoal } from './goal-layout.ts'

const thing = (kind: string, name: string, parts: Partial<GoalThing> = {}): GoalThing => ({
  id: `${kind} default/${name}`,
  kind,
  namespace: 'default',
  name,
  kept: false,
  state: 'met',
  rows: [],
  ...parts,
})
const port = { aspect: 'port', of: '80', value: '80', met: true } as const
const nodePort = { aspect: 'nodePort', of: '80', value: '30010', met: true } as const
const leads = (from: GoalThing, to: GoalThing, aspect: 'endpoint' | 'route' = 'endpoint', of?: string) => ({
  from: from.id,
  to: to.id,
  aspect,
  ...(of !== undefined && { of }),
  value: '2',
  met: true,
  marked: false,
})

const front = thing('Service', 'front', { rows: [port, nodePort] })
const api = thing('Service', 'api', { kept: true, rows: [port] })
const web = thing('Deployment', 'web-with-a-rather-long-name')
const old = thing('Deployment', 'old', { kept: true })
const site = thing('Ingress', 'site')
const view: GoalView = {
  things: [api, front, old, web, site],
  lines: [leads(front, web), leads(api, old), leads(site, api, 'route', 'a.example.com/search/for/things')],
  left: 0,
}

describe('layoutGoal', () => {
  it.each([300, 380, 900])('draws everything once, within its width, and nothing over another (%s px)', (width) => {
    const { shapes, width: drawn, height } = layoutGoal(view, width, 200)
    expect(shapes.map(({ id }) => id).sort()).toEqual(['laptop', ...view.things.map(({ id }) => id)].sort())
    for (const [i, a] of shapes.entries()) {
      expect(a.x).toBeGreaterThanOrEqual(0)
      expect(a.x + a.width).toBeLessThanOrEqual(drawn)
      expect(a.y).toBeGreaterThan(0)
      expect(a.y + a.height).toBeLessThanOrEqual(height)
      for (const b of shapes.slice(i + 1))
        expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(
          true,
        )
    }
  })
  it('puts what has to be done above what stays, and what Services lead to beside them', () => {
    const at = new Map(layoutGoal(view, 380).shapes.map((shape) => [shape.id, shape]))
    expect(at.get(front.id)?.y).toBeLessThan(at.get(api.id)?.y ?? 0)
    expect(at.get(web.id)?.y).toBeLessThan(at.get(old.id)?.y ?? 0)
  })
  it('joins the laptop to the doors of Services and writes their ports and paths', () => {
    const { paths, labels } = layoutGoal(view, 380)
    expect(paths.map(({ from, to }) => [from, to])).toContainEqual(['laptop', front.id])
    expect(labels.map(({ text }) => text)).toEqual(['30010', '/search/…'])
  })
  it('needs no laptop where nothing comes from outside, and no room for what is not there', () => {
    const inside: GoalView = { things: [api], lines: [], left: 0 }
    expect(layoutGoal(inside, 300).shapes.map(({ id }) => id)).toEqual([api.id])
    expect(layoutGoal({ things: [], lines: [], left: 0 }, 300, 100).shapes).toEqual([])
  })
})
