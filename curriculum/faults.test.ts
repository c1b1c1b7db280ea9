/** Each fault of docs/authoring.md: set, it shows as it does in life. */
import { describe, expect, it } from 'vitest'
import { type Cluster, createCluster, type Kube } from '../emulator/index.ts'
import { readObject } from './checks/read.ts'
import { type Fault, faultSchema, setFaults } from './faults.ts'
import { prepareCluster } from './workspaces.ts'

const START = Date.UTC(2026, 2, 1, 9)
const CNI = '/etc/cni/net.d/10-flannel.conflist'

function broken(...faults: readonly object[]): Cluster {
  const cluster = createCluster({ seed: 'faults', startTime: START })
  setFaults(
    cluster,
    faults.map((fault): Fault => faultSchema.parse(fault)),
  )
  return cluster
}

const readyOf = (cluster: Cluster, node: string) =>
  (readObject(cluster, 'Node', '', node) as Kube.Node | undefined)?.status?.conditions?.find(
    ({ type }) => type === 'Ready',
  )

/** What a container of the manifest answers on its Service's port, from a node. */
function served(manifest: string, seconds = 0) {
  const spec = { blueprint: 'default', machine: 'laptop', user: 'learner', files: {}, manifests: [manifest] }
  const cluster = prepareCluster(spec, { seed: 'faults', startTime: START })
  cluster.run(seconds * 1000)
  const service = (readObject(cluster, 'Service', 'default', 'web') as Kube.Service | undefined)?.spec
  const url = `http://${service?.clusterIP}:${service?.ports?.[0]?.port}/`
  return { cluster, outcome: cluster.network.fetch({ kind: 'machine', name: 'node01' }, url).outcome }
}

const pod = (more: string, port = 8000) => `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  containers:
    - name: web
      image: python:3.12
${more}
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: ${port} }] }
`
const SERVER = '      command: [python3, -m, http.server, "8000"]'

describe('faults of machines', () => {
  it('a node is down', () => {
    const cluster = broken({ powerOff: 'node02' })
    expect(readyOf(cluster, 'node02')).toMatchObject({ status: 'Unknown', reason: 'NodeStatusUnknown' })
  })

  it.each(['kubelet', 'containerd'])('%s is stopped', (unit) => {
    expect(readyOf(broken({ stop: unit, on: 'node01' }), 'node01')?.status).not.toBe('True')
  })

  it('kube-proxy is stopped: Services that come later are not reached from that node', () => {
    const cluster = broken({ stop: 'kube-proxy', on: 'node01' })
    const path = '/api/v1/namespaces/default/services'
    const spec = { clusterIP: '10.96.7.7', ports: [{ port: 443, targetPort: 6443 }] }
    const body = JSON.stringify({ metadata: { name: 'late' }, spec })
    cluster.request({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body })
    const subsets = [{ addresses: [{ ip: '192.168.1.2' }], ports: [{ port: 6443 }] }]
    const endpoints = JSON.stringify({ metadata: { name: 'late' }, subsets })
    cluster.request({
      method: 'POST',
      path: path.replace('services', 'endpoints'),
      headers: { 'content-type': 'application/json' },
      body: endpoints,
    })
    cluster.settle(10)
    const from = (name: string) =>
      cluster.network.connect({ kind: 'machine', name }, { address: '10.96.7.7', port: 443 }).outcome
    expect([from('node02'), from('node01')]).not.toEqual(['answered', 'answered'])
    expect(from('node02')).toBe('answered')
  })

  it.each([
    ['/var/lib/kubelet/config.yaml', 'pki/ca.crt', 'pki/CA.crt'],
    ['/etc/kubernetes/kubelet.conf', ':6443', ':6553'],
  ])('a kubelet that is restarted with a wrong %s', (replace, from, to) => {
    const cluster = broken({ replace, on: 'node01', from, to }, { restart: 'kubelet', on: 'node01' })
    expect(readyOf(cluster, 'node01')?.status).toBe('Unknown')
  })

  it('a component of the control plane that does not start', () => {
    const replace = '/etc/kubernetes/manifests/kube-apiserver.yaml'
    const cluster = broken({ replace, on: 'controlplane', from: '--secure-port', to: '--secure-prt' })
    expect(cluster.apiServerState()).toBe('refused')
  })

  it('the CNI is missing', () => {
    expect(readyOf(broken({ remove: CNI, on: 'node01' }), 'node01')).toMatchObject({
      status: 'False',
      reason: 'KubeletNotReady',
    })
  })

  it('CoreDNS is scaled away', () => {
    const cluster = broken({
      patch: 'Deployment',
      namespace: 'kube-system',
      name: 'coredns',
      with: { spec: { replicas: 0 } },
    })
    const { rcode } = cluster.network.query(
      { kind: 'machine', name: 'node01' },
      { name: 'kubernetes.default.svc.cluster.local', type: 'A' },
      '10.96.0.10',
    )
    expect(rcode).toBe('refused')
  })

  it('kube-proxy does not start on one node, where a directory stands in the place of its lock', () => {
    const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-01-12T08:00:00Z' }
    const restart = { spec: { template: { metadata: { annotations } } } }
    const cluster = broken(
      { makeDirectory: '/run/xtables.lock', on: 'node02' },
      { patch: 'DaemonSet', namespace: 'kube-system', name: 'kube-proxy', with: restart },
    )
    expect(readObject(cluster, 'DaemonSet', 'kube-system', 'kube-proxy')).toMatchObject({ status: { numberReady: 2 } })
  })

  it('a file is written, and a fault that cannot be set is a mistake of its author', () => {
    const cluster = broken({ write: '/etc/crictl.yaml', on: 'node01', text: 'debug: true\n' })
    expect(cluster.machine('node01')?.files.read('/etc/crictl.yaml')).toBe('debug: true\n')
    expect(() => broken({ replace: CNI, on: 'node01', from: 'nothing like it', to: '' })).toThrow(
      'has no nothing like it',
    )
    expect(() => faultSchema.parse({ powerOff: 'laptop' })).toThrow()
  })
})

describe('faults of workloads', () => {
  it('the same server, right, answers', () => {
    expect(served(pod(SERVER)).outcome).toBe('answered')
  })

  it('a wrong container port is refused', () => {
    expect(served(pod(SERVER, 8080)).outcome).toBe('refused')
  })

  it('a server on 127.0.0.1 alone is refused', () => {
    expect(served(pod('      command: [python3, -m, http.server, "8000", --bind, 127.0.0.1]')).outcome).toBe('refused')
  })

  it('a slow start is refused first and answers later', () => {
    const slow = pod('      command: [sh, -c, "sleep 60; exec python3 -m http.server 8000"]')
    expect(served(slow).outcome).toBe('refused')
    expect(served(slow, 60).outcome).toBe('answered')
  })

  it('a crash loop backs off', () => {
    const { cluster } = served(pod('      command: [sh, -c, "echo no configuration >&2; exit 1"]'), 30)
    const status = (readObject(cluster, 'Pod', 'default', 'web') as Kube.Pod | undefined)?.status
      ?.containerStatuses?.[0]
    expect(status?.restartCount).toBeGreaterThan(1)
    expect(status?.lastState?.terminated?.exitCode ?? status?.state?.terminated?.exitCode).toBe(1)
  })
})
