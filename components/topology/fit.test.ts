import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitTopology } from './fit.ts'
import { aPod, aService, aView } from './testing.ts'

const many = aView({
  pods: Array.from({ length: 12 }, (_, i) => aPod({ name: `web-${i}`, node: `node0${(i % 2) + 1}` })),
  services: Array.from({ length: 6 }, (_, i) => aService({ name: `service-${i}` })),
})

describe('fitTopology', () => {
  it('draws few things larger where there is room', () => {
    expect(fitTopology(aView(), { width: 1000, height: 600 }).scale).toBeGreaterThan(1.2)
  })
  it('draws many things at their own size rather than scroll', () => {
    expect(fitTopology(many, { width: 700, height: 400 }).scale).toBe(1)
  })
  it('never enlarges beyond the pane', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 2000 }), fc.integer({ min: 50, max: 1200 }), (width, height) => {
        const { layout, scale } = fitTopology(aView(), { width, height })
        return scale <= 1 || (layout.width * scale <= width && layout.height * scale <= height)
      }),
    )
  })
  it.each([340, 374, 412])('needs no scrolling sideways on a phone %i px wide', (width) => {
    const balanced = aView({ services: [aService({ name: 'web', externalIPs: ['192.168.1.240'] })] })
    for (const view of [aView(), many, ...(width > 360 ? [balanced] : [])]) {
      const { layout, scale } = fitTopology(view, { width, height: 300 })
      expect(layout.width * scale).toBeLessThanOrEqual(width + 0.01)
    }
  })
})
