import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Layout, layoutTopology, type Place } from './layout.ts'
import { anIngress, aPod, aService, aView } from './testing.ts'

const nodePort = aService({
  name: 'web',
  type: 'NodePort',
  selector: { app: 'web' },
  ports: [{ protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 30008 }],
  endpoints: [
    { pod: 'web-1', address: '10.244.1.2', ready: true, ports: [8080] },
    { pod: 'web-2', address: '10.244.2.2', ready: false, ports: [8080] },
  ],
})
const pods = [
  aPod({ name: 'web-1', labels: { app: 'web' } }),
  aPod({ name: 'web-2', node: 'node02', ready: false, labels: { app: 'web' } }),
]
const line = (layout: Layout, id: string) => layout.lines.find((one) => one.id === id)
const shape = (layout: Layout, id: string) => layout.shapes.find((one) => one.id === id)
const inside = (inner: Place | undefined, outer: Place | undefined) =>
  inner !== undefined &&
  outer !== undefined &&
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

describe('layoutTopology', () => {
  const layout = layoutTopology(aView({ pods, services: [nodePort] }), 660)
  it('draws Pods inside their nodes', () => {
    expect(inside(shape(layout, 'pod/default/web-1'), shape(layout, 'machine/node01'))).toBe(true)
    expect(inside(shape(layout, 'pod/default/web-2'), shape(layout, 'machine/node02'))).toBe(true)
  })
  it('draws solid lines to ready endpoints and dashed ones to the others', () => {
    expect(line(layout, 'service/default/web>pod/default/web-1')?.solid).toBe(true)
    expect(line(layout, 'service/default/web>pod/default/web-2')?.solid).toBe(false)
  })
  it('leads from the laptop through every node to a node port, with the ports on the lines', () => {
    for (const node of ['controlplane', 'node01', 'node02']) {
      expect(line(layout, `machine/laptop>machine/${node}`)).toBeDefined()
      expect(line(layout, `machine/${node}>service/default/web`)).toBeDefined()
    }
    expect(layout.labels.map((label) => label.text)).toEqual(['30008', '8080'])
  })
  it('leads to no node for a ClusterIP', () => {
    const inner = layoutTopology(aView({ services: [aService({ name: 'db' })] }), 660)
    expect(inner.lines).toEqual([])
  })
  it('puts a load balancer between the laptop and the nodes', () => {
    const outside = aService({ ...nodePort, type: 'LoadBalancer', externalIPs: ['192.168.1.240'] })
    const drawn = layoutTopology(aView({ pods, services: [outside] }), 660)
    expect(line(drawn, 'machine/laptop>load-balancer/192.168.1.240')).toBeDefined()
    expect(line(drawn, 'load-balancer/192.168.1.240>machine/node01')).toBeDefined()
    expect(line(drawn, 'machine/laptop>machine/node01')).toBeUndefined()
  })
  it('gives Pods without a node a place of their own', () => {
    const drawn = layoutTopology(aView({ pods: [aPod({ name: 'p', node: undefined })] }), 660)
    expect(inside(shape(drawn, 'pod/default/p'), shape(drawn, 'waiting'))).toBe(true)
  })
  it('groups by workload and node beyond twelve Pods', () => {
    const many = Array.from({ length: 40 }, (_, i) =>
      aPod({ name: `w-${i}`, workload: 'ReplicaSet/w', node: i % 2 ? 'node01' : 'node02', ready: i > 0 }),
    )
    const boxes = layoutTopology(aView({ pods: many }), 660).shapes.filter((one) => one.kind === 'pod')
    expect(boxes.map((one) => one.kind === 'pod' && one.box.pods.length)).toEqual([20, 20])
  })

  it('leads an Ingress to the Services of its own namespace, by a solid line once a controller takes care of it', () => {
    const to = (served: boolean) =>
      layoutTopology(
        aView({
          services: [aService({ name: 'web' }), aService({ name: 'web', namespace: 'shop' })],
          ingresses: [anIngress({ served })],
        }),
        900,
      ).lines.filter((line) => line.from === 'ingress/default/site')
    expect(to(true).map(({ to: id, solid }) => [id, solid])).toEqual([['service/default/web', true]])
    expect(to(false).map(({ solid }) => solid)).toEqual([false])
  })

  it('draws endpoints written by hand in a row of their own, unless they are machines of the cluster', () => {
    const endpoint = (address: string) => ({ pod: undefined, address, ready: true, ports: [80] })
    const drawn = layoutTopology(
      aView({ services: [aService({ name: 'old', endpoints: [endpoint('93.184.215.14'), endpoint('192.168.1.2')] })] }),
      900,
    )
    expect(drawn.shapes.filter(({ kind }) => kind === 'server' || kind === 'outside').map(({ id }) => id)).toEqual([
      'outside',
      'server/93.184.215.14',
    ])
    expect(drawn.lines.map(({ to }) => to)).toContain('server/93.184.215.14')
  })

  it('never overlaps boxes of one kind nor leaves the picture', () => {
    const arbitrary = fc.record({
      width: fc.integer({ min: 200, max: 1600 }),
      pods: fc.array(fc.constantFrom('node01', 'node02', 'controlplane', undefined), { maxLength: 30 }),
      services: fc.integer({ min: 0, max: 9 }),
      ingresses: fc.integer({ min: 0, max: 9 }),
    })
    fc.assert(
      fc.property(arbitrary, ({ width, pods: homes, services, ingresses }) => {
        const drawn = layoutTopology(
          aView({
            pods: homes.map((node, i) => aPod({ name: `p${i}`, node, workload: `rs/${i % 3}` })),
            services: Array.from({ length: services }, (_, i) => aService({ name: `s${i}`, selector: { a: 'b' } })),
            ingresses: Array.from({ length: ingresses }, (_, i) => anIngress({ name: `i${i}` })),
          }),
          width,
        )
        for (const kind of ['service', 'pod', 'node', 'ingress'] as const) {
          const same = drawn.shapes.filter((one) => one.kind === kind)
          for (const [i, a] of same.entries()) {
            expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= drawn.width && a.y + a.height <= drawn.height).toBe(true)
            for (const b of same.slice(i + 1)) expect(overlap(a, b)).toBe(false)
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})

const overlap = (a: Place, b: Place) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
