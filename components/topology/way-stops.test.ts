import { describe, expect, it } from 'vitest'
import type { TraceView } from '../../server/protocol.ts'
import { wayStops } from './way-stops.ts'

type Hop = TraceView['hops'][number]
const hop = (part: Partial<Hop> & Pick<Hop, 'subject'>): Hop => ({
  verdict: 'pass',
  code: 'any',
  params: {},
  text: '',
  ...part,
})
const traced = (hops: Hop[], outcome: TraceView['outcome']): TraceView => ({
  from: { kind: 'machine', name: 'laptop' },
  to: 'http://192.168.1.2:30008',
  at: 0,
  hops,
  outcome,
})
const service = { kind: 'service', namespace: 'default', name: 'web' } as const
const container = { kind: 'container', namespace: 'default', pod: 'web-1', name: 'nginx' } as const
const told = (trace: TraceView) => wayStops(trace).map(({ kind, name, hop, dead }) => [kind, name, hop, dead])

describe('wayStops', () => {
  it('names each thing once, the node by what kube-proxy did on it', () => {
    const trace = traced(
      [
        hop({ subject: { kind: 'machine', name: 'laptop' } }),
        hop({ subject: service, params: { node: 'node01' } }),
        hop({ subject: service, params: { node: 'node01' } }),
        hop({ subject: container, verdict: 'answered' }),
      ],
      'answered',
    )
    expect(told(trace)).toEqual([
      ['laptop', 'laptop', 0, false],
      ['node', 'node01', 2, false],
      ['service', 'web', 2, false],
      ['pod', 'web-1', 4, false],
    ])
  })
  it('ends at the DNS server that does not know a name', () => {
    const asked = hop({ subject: { kind: 'dns', server: '10.96.0.10' }, verdict: 'unresolved' })
    expect(told(traced([asked], 'unresolved'))).toEqual([
      ['laptop', 'laptop', 0, false],
      ['address', 'DNS 10.96.0.10', 1, true],
    ])
  })
  it('passes the load balancer before the node that answers for it', () => {
    const announced = hop({ subject: { kind: 'load-balancer', address: '192.168.1.240' }, params: { node: 'node01' } })
    expect(told(traced([announced], 'answered')).map(([kind]) => kind)).toEqual(['laptop', 'load-balancer', 'node'])
  })
  it('marks where the request died', () => {
    const trace = traced(
      [
        hop({ subject: { kind: 'machine', name: 'laptop' } }),
        hop({ subject: { kind: 'address', address: '10.244.1.2', port: 80 }, verdict: 'dropped' }),
      ],
      'timed-out',
    )
    expect(told(trace)).toEqual([
      ['laptop', 'laptop', 0, false],
      ['address', '10.244.1.2', 2, true],
    ])
  })
  it('ends at the policy that dropped it, and passes by those that let it through', () => {
    const policy = (name: string) => ({ kind: 'policy', namespace: 'default', name }) as const
    const hops = [
      hop({ subject: { kind: 'machine', name: 'laptop' } }),
      hop({ subject: policy('allow-out') }),
      hop({ subject: policy('deny-in'), verdict: 'dropped' }),
    ]
    expect(told(traced(hops, 'timed-out'))).toEqual([
      ['laptop', 'laptop', 0, false],
      ['policy', 'deny-in', 3, true],
    ])
  })
  it('is not dead where a proxy tried another server after the first had refused', () => {
    const hops = [hop({ subject: service, verdict: 'refused' }), hop({ subject: container, verdict: 'answered' })]
    expect(told({ ...traced(hops, 'answered'), decides: 1 }).at(-1)).toEqual(['pod', 'web-1', 2, false])
  })
  it('leaves nothing to walk when the request died where it began', () => {
    expect(
      told(traced([hop({ subject: { kind: 'machine', name: 'laptop' }, verdict: 'unreachable' })], 'unreachable')),
    ).toEqual([['laptop', 'laptop', 0, true]])
  })
})
