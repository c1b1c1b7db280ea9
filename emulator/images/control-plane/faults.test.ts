import { expect, test } from 'vitest'
import { type Cluster, createCluster, restoreCluster } from '../../index.ts'

const start = Date.UTC(2026, 10, 21)

/** Changes a file on the control plane's machine and lets what follows happen. */
function change(cluster: Cluster, path: string, edit: (text: string) => string): () => void {
  const files = cluster.machine('controlplane')?.files
  const before = files?.read(path) ?? ''
  const after = edit(before)
  expect(after).not.toBe(before)
  files?.write(path, after)
  cluster.settle(45)
  return () => {
    files?.write(path, before)
    cluster.settle(90)
  }
}

const manifest = (component: string) => `/etc/kubernetes/manifests/${component}.yaml`

/** What the last container of a component has printed to standard error, without klog's headers. */
function lastWords(cluster: Cluster, component: string): string {
  const containers = cluster.containersOn('controlplane').filter(({ spec }) => spec.containerName === component)
  return (containers.at(-1)?.logs ?? []).map(({ text }) => text.replace(/^[IWEF]\d{4} \S+ +1 /, '')).join('')
}

const waitingReason = (cluster: Cluster, component: string) => {
  const path = `/api/v1/namespaces/kube-system/pods/${component}-controlplane`
  const { status } = cluster.request({ method: 'GET', path, query: {}, headers: {} }).body as {
    readonly status?: {
      readonly containerStatuses?: readonly { readonly state?: { readonly waiting?: { readonly reason?: string } } }[]
    }
  }
  return status?.containerStatuses?.[0]?.state?.waiting?.reason
}

test.each([
  [
    'an unknown flag',
    'kube-apiserver',
    ['--allow-privileged=true', '--this-is-very-wrong'],
    'Error: unknown flag: --this-is-very-wrong',
  ],
  [
    'a port that is none',
    'kube-apiserver',
    ['--secure-port=6443', '--secure-port=abc'],
    'Error: invalid argument "abc" for "--secure-port" flag: strconv.ParseInt: parsing "abc": invalid syntax',
  ],
  [
    'a certificate that is not there',
    'kube-apiserver',
    ['apiserver.crt', 'apiserver-1.crt'],
    'run.go:72] "command failed" err="open /etc/kubernetes/pki/apiserver-1.crt: no such file or directory"',
  ],
  [
    'an unknown mode of authorization',
    'kube-apiserver',
    ['Node,RBAC', 'Nod,RBAC'],
    'err="authorization-mode \\"Nod\\" is not a valid mode"',
  ],
  [
    'an unknown admission plug-in',
    'kube-apiserver',
    ['NodeRestriction', 'NodeRestrictions'],
    'err="enable-admission-plugins plugin \\"NodeRestrictions\\" is unknown"',
  ],
  [
    'another port of etcd',
    'kube-apiserver',
    ['https://127.0.0.1:2379', 'https://127.0.0.1:23790'],
    'dial tcp 127.0.0.1:23790: connect: connection refused',
  ],
  [
    'an etcd without a port',
    'kube-apiserver',
    ['https://127.0.0.1:2379', 'this-is-very-wrong'],
    'dial tcp: address this-is-very-wrong: missing port in address',
  ],
  [
    'the wrong authority for etcd',
    'kube-apiserver',
    ['--etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt', '--etcd-cafile=/etc/kubernetes/pki/ca.crt'],
    'x509: certificate signed by unknown authority',
  ],
  [
    'an unknown flag of etcd',
    'etcd',
    ['--snapshot-count', '--snapshot-counts'],
    'flag provided but not defined: -snapshot-counts',
  ],
  [
    'a certificate of etcd that is not there',
    'etcd',
    ['etcd/server.crt', 'etcd/srv.crt'],
    'open /etc/kubernetes/pki/etcd/srv.crt: no such file or directory',
  ],
])('%s takes the API down, says so in the log, and is mended', (_, component, [from = '', to = ''], words) => {
  const cluster = createCluster({ seed: 'control plane', startTime: start })
  const mend = change(cluster, manifest(component), (text) => text.replace(from, to))
  expect(cluster.apiServerState()).toBe('refused')
  expect(lastWords(cluster, component)).toContain(words)
  mend()
  expect(cluster.apiServerState()).toBe('serving')
})

test.each([
  [
    'kube-scheduler',
    ['--kubeconfig=/etc/kubernetes/scheduler.conf', '--kubeconfig=/etc/kubernetes/schedule.conf'],
    'err="stat /etc/kubernetes/schedule.conf: no such file or directory"',
  ],
  [
    'kube-controller-manager',
    ['--leader-elect=true', '--project-sidecar-insertion=true'],
    'Error: unknown flag: --project-sidecar-insertion',
  ],
  [
    'kube-controller-manager',
    ['path: /etc/kubernetes/pki', 'path: /etc/kubernetes/WRONG'],
    'err="unable to load client CA provider: open /etc/kubernetes/pki/ca.crt: no such file or directory"',
  ],
  [
    'kube-controller-manager',
    ['--root-ca-file=/etc/kubernetes/pki/ca.crt', '--root-ca-file=/etc/kubernetes/pki/root.crt'],
    'error reading root-ca-file at /etc/kubernetes/pki/root.crt: open /etc/kubernetes/pki/root.crt',
  ],
])('%s with %j ends again and again', (component, [from = '', to = ''], words) => {
  const cluster = createCluster({ seed: 'control plane', startTime: start })
  const mend = change(cluster, manifest(component), (text) => text.replace(from, to))
  expect(lastWords(cluster, component)).toContain(words)
  expect(waitingReason(cluster, component)).toBe('CrashLoopBackOff')
  expect(cluster.apiServerState()).toBe('serving')
  mend()
  expect(waitingReason(cluster, component)).toBeUndefined()
})

test('a scheduler whose kubeconfig leads elsewhere does not schedule', () => {
  const cluster = createCluster({ seed: 'control plane', startTime: start })
  change(cluster, '/etc/kubernetes/scheduler.conf', (text) => text.replace(':6443', ':6444'))
  change(cluster, manifest('kube-scheduler'), (text) => `${text}\n`)
  expect(lastWords(cluster, 'kube-scheduler')).toContain(
    'Get \\"https://192.168.1.2:6444/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication\\": dial tcp 192.168.1.2:6444: connect: connection refused',
  )
})

test('another port of the API server is another server to everybody', () => {
  const cluster = createCluster({ seed: 'control plane', startTime: start })
  change(cluster, manifest('kube-apiserver'), (text) => text.replace('--secure-port=6443', '--secure-port=6444'))
  expect(cluster.apiServerState()).toBe('refused')
  const ask = (port: number) =>
    cluster.network.fetch({ kind: 'machine', name: 'controlplane' }, `https://192.168.1.2:${port}/version`)
  expect(ask(6443).outcome).toBe('refused')
  expect(ask(6444).response?.status).toBe(200)
})

test('the API server gives node ports from the range that it is told', () => {
  const cluster = createCluster({ seed: 'control plane', startTime: start })
  change(cluster, manifest('kube-apiserver'), (text) =>
    text.replace('    - --secure-port=6443', '    - --secure-port=6443\n    - --service-node-port-range=31000-31010'),
  )
  cluster.settle(60)
  const create = (name: string, nodePort?: number) =>
    cluster.request({
      method: 'POST',
      path: '/api/v1/namespaces/default/services',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ metadata: { name }, spec: { type: 'NodePort', ports: [{ port: 80, nodePort }] } }),
    })
  const { spec } = create('given').body as {
    readonly spec: { readonly ports: readonly { readonly nodePort: number }[] }
  }
  expect(spec.ports[0]?.nodePort).toBeGreaterThanOrEqual(31_000)
  expect(spec.ports[0]?.nodePort).toBeLessThanOrEqual(31_010)
  expect(JSON.stringify(create('asked', 30_080).body)).toContain(
    'provided port is not in the valid range. The range of valid ports is 31000-31010',
  )
})

test('a manifest that is no YAML is no Pod', () => {
  const cluster = createCluster({ seed: 'control plane', startTime: start })
  const mend = change(cluster, manifest('kube-apiserver'), (text) => text.replace('metadata:', 'metadata'))
  expect(cluster.apiServerState()).toBe('refused')
  mend()
  expect(cluster.apiServerState()).toBe('serving')
})

test('processes that a snapshot brings back have read their files long ago', () => {
  const cluster = createCluster({ seed: 'control plane', startTime: start })
  change(cluster, manifest('kube-scheduler'), (text) => `${text}\n`)
  cluster.machine('controlplane')?.files.remove('/etc/kubernetes/scheduler.conf')
  const later = restoreCluster(JSON.parse(JSON.stringify(cluster.snapshot())))
  later.settle(30)
  expect(waitingReason(later, 'kube-scheduler')).toBeUndefined()
})
