import { describe, expect, it } from 'vitest'
import type { TraceView } from '../../server/protocol.ts'
import { layoutTopology } from './layout.ts'
import { tiesOf, touchedBy } from './relations.ts'
import { aPod, aService, aView } from './testing.ts'
import { sameWay, traceStops } from './trace-path.ts'

const view = aView({
  pods: [
    aPod({ name: 'web-1', labels: { app: 'web' }, ports: [{ name: 'http', port: 8080 }] }),
    aPod({ name: 'other', ip: '10.244.1.9' }),
  ],
  services: [
    aService({
      name: 'web',
      type: 'NodePort',
      selector: { app: 'web' },
      ports: [{ protocol: 'TCP', port: 80, targetPort: 'http', nodePort: 30008 }],
      endpoints: [{ pod: 'web-1', address: '10.244.1.2', ready: true, ports: [8080] }],
    }),
  ],
})
const layout = layoutTopology(view, 660)
const hop = (subject: { kind: string; [key: string]: unknown }, code = 'x') => ({
  subject,
  verdict: 'pass' as const,
  code,
  params: {},
  text: '',
})
const trace: TraceView = {
  from: { kind: 'machine', name: 'laptop' },
  to: 'http://192.168.1.3:30008',
  at: 0,
  outcome: 'answered',
  hops: [
    hop({ kind: 'address', address: '192.168.1.3', port: 30008 }),
    hop({ kind: 'service', namespace: 'default', name: 'web', port: 80 }),
    hop({ kind: 'policy', namespace: 'default', name: 'allow' }),
    hop({ kind: 'container', namespace: 'default', pod: 'web-1', name: 'c' }),
    hop({ kind: 'address', address: '203.0.113.9' }),
  ],
}

describe('traceStops', () => {
  it('finds each hop in the drawing and stays put where a hop has no shape', () => {
    const { start, stops } = traceStops(trace, view, layout)
    expect(start).toBe('machine/laptop')
    expect(stops.map((stop) => stop.shape)).toEqual([
      'machine/node01',
      'service/default/web',
      'service/default/web',
      'pod/default/web-1',
      'pod/default/web-1',
    ])
  })
  it('leaves a packet that is lost on the way where it was', () => {
    const lost = { ...hop({ kind: 'address', address: '10.244.1.2', port: 80 }), verdict: 'dropped' as const }
    expect(traceStops({ ...trace, hops: [lost] }, view, layout).stops[0]?.shape).toBe('machine/laptop')
  })
  it('stands with a policy at the Pod that it guards', () => {
    const guard = hop({ kind: 'policy', namespace: 'default', name: 'deny' })
    const denied = { ...guard, verdict: 'dropped' as const, params: { pod: 'web-1' } }
    expect(traceStops({ ...trace, hops: [denied] }, view, layout).stops[0]?.shape).toBe('pod/default/web-1')
  })
  it('works before anything is drawn', () => {
    expect(traceStops(trace, undefined, undefined).stops.map((stop) => stop.shape)).toEqual(Array(5).fill(undefined))
  })
  it('tells a repeated request from a new way', () => {
    expect(sameWay(trace, { ...trace, at: 99 })).toBe(true)
    expect(sameWay(trace, { ...trace, outcome: 'refused' })).toBe(false)
    expect(sameWay(undefined, trace)).toBe(false)
  })
})

describe('relations', () => {
  it('touches the whole way of a request, not its strangers', () => {
    const touched = touchedBy(layout, 'service/default/web')
    for (const id of ['machine/laptop', 'machine/node02', 'pod/default/web-1']) expect(touched.has(id)).toBe(true)
    expect(touched.has('pod/default/other')).toBe(false)
  })
  it('shows the fields that make the tie', () => {
    const fields = tiesOf(view, 'service/default/web').map((tie) => `${tie.fromField} | ${tie.toField}`)
    expect(fields).toEqual([
      'spec.selector: app=web | metadata.labels: app=web',
      'spec.ports.targetPort: http | ports.name: http → containerPort: 8080',
    ])
    expect(tiesOf(view, 'pod/default/web-1').map((tie) => tie.toField)).toContain('metadata.name: node01')
    expect(tiesOf(view, 'nothing')).toEqual([])
  })
})
