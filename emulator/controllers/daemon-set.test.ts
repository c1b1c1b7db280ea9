import { expect, it } from 'vitest'
import type { ControllerRevision, DaemonSet, Pod } from '../generated/types.ts'
import { paths, testCluster } from '../testing/test-cluster.ts'
import { planRenewal } from './daemon-set-plan.ts'

const sets = '/apis/apps/v1/namespaces/default/daemonsets'
const revisions = '/apis/apps/v1/namespaces/default/controllerrevisions'

const manifest = (image: string, strategy: object = {}) => ({
  metadata: { name: 'agent' },
  spec: {
    selector: { matchLabels: { app: 'agent' } },
    updateStrategy: strategy,
    template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [{ name: 'main', image }] } },
  },
})

it('remembers each template, numbers it anew when it returns, and labels its Pods with it', () => {
  const test = testCluster()
  test.create(sets, manifest('nginx:1.26'))
  test.settle()
  const template = (image: string) => ({ spec: { template: { spec: { containers: [{ name: 'main', image }] } } } })
  test.patch(`${sets}/agent`, template('nginx:1.27'))
  test.settle(60)
  test.patch(`${sets}/agent`, template('nginx:1.26'))
  test.settle(60)
  const kept = test.list<ControllerRevision>(revisions)
  expect(kept.map(({ revision }) => revision).sort()).toEqual([2, 3])
  const newest = kept.find(({ revision }) => revision === 3)
  expect(test.pods().map(({ metadata }) => metadata?.labels)).toEqual(
    Array(2).fill({
      app: 'agent',
      'controller-revision-hash': newest?.metadata?.labels?.['controller-revision-hash'],
      'pod-template-generation': '3',
    }),
  )
  expect(test.get<DaemonSet>(`${sets}/agent`).status).toMatchObject({ updatedNumberScheduled: 2, numberAvailable: 2 })
})

it('leaves outdated Pods to the user with OnDelete', () => {
  const test = testCluster()
  test.create(sets, manifest('nginx:1.26', { type: 'OnDelete' }))
  test.settle()
  test.patch(`${sets}/agent`, { spec: { template: { spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] } } } })
  test.settle()
  const [first] = test.pods()
  expect(test.get<DaemonSet>(`${sets}/agent`).status?.updatedNumberScheduled).toBeUndefined()
  test.remove(`${paths.pods}/${first?.metadata?.name}`)
  test.settle()
  expect(
    test
      .pods()
      .map(({ spec }) => spec?.containers[0]?.image)
      .sort(),
  ).toEqual(['nginx:1.26', 'nginx:1.27'])
})

const pod = (node: string, hash: string, ready = true): Pod => ({
  metadata: { name: `${node}-${hash}`, labels: { 'controller-revision-hash': hash } },
  spec: { nodeName: node, containers: [] },
  status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
})
const set = (rollingUpdate: object): DaemonSet => ({
  spec: { selector: {}, template: {}, updateStrategy: { type: 'RollingUpdate', rollingUpdate } },
})
const nodes = ['a', 'b', 'c', 'd']
const names = (pods: readonly Pod[]) => pods.map(({ metadata }) => metadata?.name)

it('takes away unready old Pods at once and others as far as Pods may be missing', () => {
  const pods = [pod('a', 'new'), pod('b', 'old', false), pod('c', 'old'), pod('d', 'old')]
  const remove = (maxUnavailable: number | string) =>
    names(planRenewal(set({ maxUnavailable }), nodes, pods, 'new', 0).remove)
  expect(remove(1)).toEqual(['b-old'])
  expect(remove(2)).toEqual(['b-old', 'c-old'])
  expect(remove('75%')).toEqual(['b-old', 'c-old', 'd-old'])
})

it('puts new Pods beside the old ones first when it may surge', () => {
  const pods = [
    pod('a', 'new'),
    pod('a', 'old'),
    pod('b', 'new', false),
    pod('b', 'old'),
    pod('c', 'old'),
    pod('d', 'old'),
  ]
  const { remove, surge } = planRenewal(set({ maxUnavailable: 0, maxSurge: '50%' }), nodes, pods, 'new', 0)
  expect(names(remove)).toEqual(['a-old'])
  expect(surge).toEqual(['c'])
})
