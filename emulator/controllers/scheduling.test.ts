import { describe, expect, it } from 'vitest'
import type { Node, Pod } from '../generated/types.ts'
import { type Placement, placementOf } from './placement.ts'
import { choose, isTolerated, matchesNode, refusals, unschedulableMessage } from './scheduling.ts'

const node = (name: string, extra: Partial<Node> = {}): Node => ({
  metadata: { name, labels: { 'kubernetes.io/hostname': name } },
  status: { allocatable: { cpu: '2', memory: '1Gi', pods: '110' } },
  ...extra,
})
const pod = (name: string, spec: Partial<Pod['spec']> = {}, labels: { [key: string]: string } = {}): Pod => ({
  metadata: { name, namespace: 'default', labels },
  spec: { containers: [{ name: 'c' }], ...spec },
})
const place = (subject: Node, pods: readonly Pod[] = []): Placement => placementOf(subject, pods)
const reasons = (subject: Pod, where: Placement, all = [where]) => refusals(subject, where, all).map(({ text }) => text)

describe('taints', () => {
  const taint = { key: 'tier', value: 'db', effect: 'NoSchedule' }
  it.each([
    [{ key: 'tier', operator: 'Equal', value: 'db', effect: 'NoSchedule' }, true],
    [{ key: 'tier', value: 'web', effect: 'NoSchedule' }, false],
    [{ key: 'tier', operator: 'Exists' }, true],
    [{ operator: 'Exists' }, true],
    [{ key: 'tier', operator: 'Exists', effect: 'NoExecute' }, false],
  ])('%j: %s', (toleration, tolerated) => {
    expect(isTolerated(taint, [toleration])).toBe(tolerated)
    const tainted = node('a', { spec: { taints: [taint] } })
    expect(reasons(pod('p', { tolerations: [toleration] }), place(tainted))).toEqual(
      tolerated ? [] : ['node(s) had untolerated taint(s)'],
    )
  })

  it('count only where they keep Pods out', () => {
    const preferred = node('a', { spec: { taints: [{ ...taint, effect: 'PreferNoSchedule' }] } })
    expect(reasons(pod('p'), place(preferred))).toEqual([])
    expect(choose(pod('p'), [place(preferred), place(node('b'))])?.node.metadata?.name).toBe('b')
  })
})

describe('node affinity', () => {
  const required = (...matchExpressions: { key: string; operator: string; values?: string[] }[]) =>
    pod('p', {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
        },
      },
    })
  const labelled = node('a', { metadata: { name: 'a', labels: { disk: 'ssd', size: '8' } } })
  it.each([
    [{ key: 'disk', operator: 'In', values: ['ssd', 'nvme'] }, true],
    [{ key: 'disk', operator: 'NotIn', values: ['ssd'] }, false],
    [{ key: 'gpu', operator: 'DoesNotExist' }, true],
    [{ key: 'size', operator: 'Gt', values: ['7'] }, true],
    [{ key: 'size', operator: 'Lt', values: ['8'] }, false],
  ])('%j: %s', (expression, matches) => {
    expect(matchesNode(required(expression), labelled)).toBe(matches)
  })
})

describe('resources and neighbours', () => {
  const asking = (cpu: string) => pod('p', { containers: [{ name: 'c', resources: { requests: { cpu } } }] })

  it('tells a node that is full from one that is too small', () => {
    const full = place(node('a'), [asking('1500m')])
    expect(refusals(asking('600m'), full, [full])).toEqual([{ text: 'Insufficient cpu', preemptable: true }])
    expect(refusals(asking('3'), full, [full])).toEqual([{ text: 'Insufficient cpu', preemptable: false }])
    expect(reasons(asking('500m'), full)).toEqual([])
  })

  it('keeps what wants to be apart apart, from both sides', () => {
    const apart = {
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'kubernetes.io/hostname' },
          ],
        },
      },
    }
    const shy = pod('shy', apart, { app: 'web' })
    const taken = place(node('a'), [shy])
    expect(reasons(pod('other', apart, { app: 'web' }), taken)).toEqual([
      "node(s) didn't match pod anti-affinity rules",
    ])
    expect(reasons(pod('plain', {}, { app: 'web' }), taken)).toEqual([
      "node(s) didn't satisfy existing pods anti-affinity rules",
    ])
    expect(reasons(pod('stranger'), taken)).toEqual([])
  })

  it('refuses host ports that are taken', () => {
    const withPort = pod('p', { containers: [{ name: 'c', ports: [{ containerPort: 80, hostPort: 8080 }] }] })
    expect(reasons(withPort, place(node('a'), [withPort]))).toEqual([
      "node(s) didn't have free ports for the requested pod ports",
    ])
  })
})

describe('unschedulableMessage', () => {
  it('counts and sorts reasons, and says what preemption could do', () => {
    const cpu = { text: 'Insufficient cpu', preemptable: true }
    const taint = { text: 'node(s) had untolerated taint(s)', preemptable: false }
    expect(unschedulableMessage([[taint], [cpu], [cpu]])).toBe(
      '0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.',
    )
    expect(unschedulableMessage([])).toBe('no nodes available to schedule pods')
  })
})
