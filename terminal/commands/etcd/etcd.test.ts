import { expect, test } from 'vitest'
import { createCluster, restoreCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

const PKI = '/etc/kubernetes/pki/etcd'
const FLAGS = `--endpoints=https://127.0.0.1:2379 --cacert=${PKI}/ca.crt --cert=${PKI}/server.crt --key=${PKI}/server.key`

function begin() {
  const cluster = createCluster({ seed: 'etcd', startTime: Date.UTC(2026, 10, 21) })
  const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
  return { cluster, run: (line: string) => session.run(line) }
}

test('the control plane has its objects under the keys of a real one', async () => {
  const { run } = begin()
  await run('kubectl create service clusterip web --tcp=80; kubectl create secret generic s --from-literal=k=hidden')
  const keys = (await run(`etcdctl ${FLAGS} get / --prefix --keys-only`)).stdout.split('\n\n')
  expect(keys).toEqual([...keys].sort().slice(1).concat(''))
  for (const key of [
    '/registry/services/specs/default/web',
    '/registry/services/endpoints/default/kubernetes',
    '/registry/minions/node01',
    '/registry/apiregistration.k8s.io/apiservices/v1.apps',
    '/registry/deployments/kube-system/coredns',
  ])
    expect(keys).toContain(key)
  const value = (await run(`etcdctl ${FLAGS} get /registry/services/specs/default/web`)).stdout
  expect(value.split('\n')[1]).toBe('k8s\0')
  expect(value).toContain('Service')
  expect((await run(`etcdctl ${FLAGS} get /registry/secrets/default/s`)).stdout).toContain('hidden')
})

test('certificates are asked for, by flags or in the environment', async () => {
  const { run } = begin()
  expect((await run('etcdctl member list')).stderr).toContain('error reading server preface')
  expect(await run(`etcdctl --cacert=${PKI}/ca.crt --cert=/no.crt --key=${PKI}/server.key get /a`)).toMatchObject({
    stderr: 'Error: open /no.crt: no such file or directory\n',
    code: 1,
  })
  expect((await run(`etcdctl ${FLAGS.replace('etcd/ca.crt', 'ca.crt')} get /a`)).stderr).toContain(
    'x509: certificate signed by unknown authority',
  )
  expect((await run(`etcdctl --cacert=${PKI}/ca.crt --cert=${PKI}/server.crt get /a`)).stderr).toBe(
    `Error: KeyFile and CertFile must both be present[key: "", cert: "${PKI}/server.crt"]\n`,
  )
  await run(`export ETCDCTL_CACERT=${PKI}/ca.crt ETCDCTL_CERT=${PKI}/peer.crt ETCDCTL_KEY=${PKI}/peer.key`)
  expect(await run('etcdctl member list')).toMatchObject({
    stdout: '8e9e05c52164694d, started, controlplane, https://192.168.1.2:2380, https://192.168.1.2:2379, false\n',
  })
  expect((await run('etcdctl endpoint health')).stdout).toContain('127.0.0.1:2379 is healthy')
  expect((await run('etcdctl endpoint status -w table')).stdout).toMatch(/^\+-+\+.*\n\| +ENDPOINT +\|/)
  expect((await run('kubectl exec -n kube-system etcd-controlplane -- etcdctl version')).stdout).toContain('3.6.8')
})

test('a backup that is restored to another directory brings back what was there', async () => {
  const { cluster, run } = begin()
  await run('kubectl create deployment before --image=nginx --replicas=2')
  cluster.settle(30)
  expect((await run(`etcdctl ${FLAGS} snapshot save /opt/backup.db`)).stdout).toContain(
    'Snapshot saved at /opt/backup.db',
  )
  expect((await run('etcdutl snapshot status /opt/backup.db -w table')).stdout).toContain('TOTAL KEYS')
  await run('kubectl delete deployment before; kubectl create deployment after --image=nginx')
  cluster.settle(60)
  expect((await run('etcdutl snapshot restore /opt/backup.db --data-dir /var/lib/etcd-old')).code).toBe(0)
  expect((await run('etcdutl snapshot restore /opt/backup.db --data-dir /var/lib/etcd-old')).stderr).toContain(
    'Error: data-dir "/var/lib/etcd-old" not empty',
  )
  await run("sed -i 's#path: /var/lib/etcd$#path: /var/lib/etcd-old#' /etc/kubernetes/manifests/etcd.yaml")
  cluster.settle(120)
  expect((await run('kubectl get deployments -o name')).stdout).toBe('deployment.apps/before\n')
  expect((await run('kubectl get pods --no-headers')).stdout.match(/^before.* 1\/1 +Running/gm)).toHaveLength(2)

  const later = restoreCluster(JSON.parse(JSON.stringify(cluster.snapshot())))
  const session = createSession({ cluster: later, time: virtualTime(later), machine: 'controlplane', user: 'root' })
  await session.run("sed -i 's#path: /var/lib/etcd-old#path: /var/lib/etcd#' /etc/kubernetes/manifests/etcd.yaml")
  later.settle(120)
  expect((await session.run('kubectl get deployments -o name')).stdout).toBe('deployment.apps/after\n')
})

test('an etcd on an empty directory knows nothing of the cluster', async () => {
  const { cluster, run } = begin()
  await run('kubectl create deployment web --image=nginx')
  await run("sed -i 's#path: /var/lib/etcd$#path: /var/lib/empty#' /etc/kubernetes/manifests/etcd.yaml")
  cluster.settle(120)
  expect((await run('kubectl --kubeconfig /etc/kubernetes/super-admin.conf get svc -A -o name')).stdout).toBe(
    'service/kubernetes\n',
  )
})
