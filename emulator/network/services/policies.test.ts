import { describe, expect, it } from 'vitest'
import type { Service } from '../../generated/types.ts'
import { paths } from '../../testing/test-cluster.ts'
import { CONTROLPLANE, LAPTOP, NODE01, NODE02, PORT, type Scene, scene } from '../testing/scene.ts'

const NODES = ['192.168.1.2', '192.168.1.3', '192.168.1.4']

/** Servers on node01 alone, and clients on both workers. */
function onNode01(spec: object): { readonly made: Scene; readonly url: string } {
  const made = scene()
  made.server('web-1', { node: 'node01' })
  made.server('web-2', { node: 'node01' })
  made.client('near', { node: 'node01' })
  made.client('far', { node: 'node02' })
  const { spec: stored } = made.service('web', { ports: [PORT], ...spec })
  return { made, url: `http://${stored?.clusterIP}` }
}

const pod = (name: string) => ({ kind: 'pod', namespace: 'default', name }) as const
const nodePort = { type: 'NodePort', ports: [{ ...PORT, nodePort: 30080 }] }

describe('session affinity', () => {
  const remembered = { sessionAffinity: 'ClientIP' }

  it('keeps each client with one Pod, until the timeout since its last request', () => {
    const { made, url } = onNode01({
      ...remembered,
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
    })
    expect(made.answers(pod('near'), url)).toHaveLength(1)
    const first = made.answer(pod('near'), url)
    made.cluster.run(50_000)
    expect(made.answer(pod('near'), url)).toBe(first)
    made.cluster.run(50_000)
    expect(made.answer(pod('near'), url)).toBe(first)
    const codes = new Set<string>()
    for (let turn = 0; turn < 12; turn += 1) {
      made.cluster.run(61_000)
      made.answer(pod('near'), url)
      for (const code of made.codes()) codes.add(code)
    }
    expect(codes).not.toContain('endpoint-remembered')
    expect(codes).toContain('endpoint-chosen')
  })

  it('lasts three hours if nothing else is said', () => {
    const { made, url } = onNode01(remembered)
    made.answer(pod('near'), url)
    made.cluster.run(3 * 3600_000 - 1000)
    made.answer(pod('near'), url)
    expect(made.codes()).toContain('endpoint-remembered')
    made.cluster.run(3 * 3600_000 + 1000)
    made.answer(pod('near'), url)
    expect(made.codes()).not.toContain('endpoint-remembered')
  })

  it('goes to another Pod when the remembered one is gone', () => {
    const { made, url } = onNode01(remembered)
    const first = made.answer(pod('far'), url)
    made.remove(`${paths.pods}/${first}`)
    made.settle()
    expect(made.answer(pod('far'), url)).not.toBe(first)
    expect(made.answers(pod('far'), url)).toHaveLength(1)
  })

  it('is remembered by each node for itself, and by client address behind a node port too', () => {
    const { made } = onNode01({ ...nodePort, ...remembered })
    for (const node of ['192.168.1.3', '192.168.1.4']) {
      made.answer(LAPTOP, `http://${node}:30080`)
      expect(made.codes()).toContain('endpoint-chosen')
      made.answer(LAPTOP, `http://${node}:30080`)
      expect(made.codes()).toContain('endpoint-remembered')
    }
    made.answer(pod('near'), 'http://192.168.1.3:30080')
    expect(made.codes()).toContain('endpoint-chosen')
  })
})

describe('internalTrafficPolicy Local', () => {
  it('uses Pods of the own node alone, and drops where there are none', () => {
    const { made, url } = onNode01({ internalTrafficPolicy: 'Local' })
    expect(made.answers(pod('near'), url)).toEqual(['web-1', 'web-2'])
    expect(made.answer(NODE01, url)).toMatch(/^web-/)
    for (const from of [pod('far'), NODE02, CONTROLPLANE]) expect(made.answer(from, url)).toBe('timed-out')
    expect(made.codes().at(-1)).toBe('no-local-endpoints')
  })

  it('does not bind what comes from outside', () => {
    const { made } = onNode01({ ...nodePort, internalTrafficPolicy: 'Local' })
    expect(made.answers(LAPTOP, 'http://192.168.1.4:30080')).toEqual(['web-1', 'web-2'])
  })

  it('refuses, as always, where no node has an endpoint', () => {
    const { made, url } = onNode01({ internalTrafficPolicy: 'Local', selector: { app: 'none' } })
    expect(made.answer(pod('near'), url)).toBe('refused')
  })
})

describe('externalTrafficPolicy', () => {
  it('Cluster answers on every node and hides the client behind it', () => {
    const { made } = onNode01(nodePort)
    for (const node of NODES) expect(made.answer(LAPTOP, `http://${node}:30080`)).toMatch(/^web-/)
    expect(made.sourceSeen(LAPTOP, 'http://192.168.1.3:30080')).toBe('10.244.1.1')
    expect(made.sourceSeen(LAPTOP, 'http://192.168.1.4:30080')).toBe('192.168.1.4')
  })

  it('Local shows the client, and drops on nodes without a Pod of the Service', () => {
    const { made } = onNode01({ ...nodePort, externalTrafficPolicy: 'Local' })
    expect(made.sourceSeen(LAPTOP, 'http://192.168.1.3:30080')).toBe('192.168.1.10')
    for (const node of ['192.168.1.2', '192.168.1.4'])
      expect(made.answer(LAPTOP, `http://${node}:30080`)).toBe('timed-out')
  })

  it('Local sends a Pod and a process that use their own node to any Pod; the Pod keeps its source', () => {
    const { made } = onNode01({ ...nodePort, externalTrafficPolicy: 'Local' })
    expect(made.sourceSeen(pod('far'), 'http://192.168.1.4:30080')).toBe(made.podIP('far'))
    expect(made.sourceSeen(NODE02, 'http://192.168.1.4:30080')).toBe('192.168.1.4')
    expect(made.answer(NODE02, 'http://localhost:30080')).toMatch(/^web-/)
    expect(made.answer(NODE01, 'http://192.168.1.4:30080')).toBe('timed-out')
  })

  it('refuses on every node where the Service has no endpoint at all', () => {
    const { made } = onNode01({ ...nodePort, externalTrafficPolicy: 'Local', selector: { app: 'none' } })
    for (const node of NODES) expect(made.answer(LAPTOP, `http://${node}:30080`)).toBe('refused')
  })
})

describe('external IPs', () => {
  it('are taken by kube-proxy on every node, whoever has them', () => {
    const { made } = onNode01({ externalIPs: ['192.168.1.99'] })
    for (const from of [NODE02, pod('far')]) expect(made.answer(from, 'http://192.168.1.99')).toMatch(/^web-/)
    expect(made.answer(LAPTOP, 'http://192.168.1.99')).toBe('unreachable')
  })

  it('that a node has answer the laptop too, on the ports of the Service', () => {
    const { made } = onNode01({ externalIPs: ['192.168.1.4'] })
    expect(made.answers(LAPTOP, 'http://192.168.1.4')).toEqual(['web-1', 'web-2'])
    expect(made.answer(LAPTOP, 'http://192.168.1.4:81')).toBe('refused')
    expect(made.answer(LAPTOP, 'http://192.168.1.3')).toBe('refused')
  })

  it('heed externalTrafficPolicy', () => {
    const made = onNode01({ externalIPs: ['192.168.1.4', '192.168.1.3'], externalTrafficPolicy: 'Local' }).made
    expect(made.sourceSeen(LAPTOP, 'http://192.168.1.3')).toBe('192.168.1.10')
    expect(made.answer(LAPTOP, 'http://192.168.1.4')).toBe('timed-out')
  })
})

describe('the kinds of a Service', () => {
  it('change, and with them who can reach it', () => {
    const { made, url } = onNode01(nodePort)
    expect(made.answer(LAPTOP, 'http://192.168.1.4:30080')).toMatch(/^web-/)
    made.patch(`${paths.services}/web`, { spec: { type: 'ClusterIP', ports: [PORT] } })
    made.settle()
    expect(made.get<Service>(`${paths.services}/web`).spec?.ports?.[0]?.nodePort).toBeUndefined()
    expect(made.answer(LAPTOP, 'http://192.168.1.4:30080')).toBe('refused')
    expect(made.answer(pod('far'), url)).toMatch(/^web-/)
    made.remove(`${paths.services}/web`)
    expect(made.answer(pod('far'), url)).toBe('timed-out')
  })
})
