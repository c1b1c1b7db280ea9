import { expect, test } from 'vitest'
import { createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

function begin(machine = 'controlplane', user = 'root') {
  const cluster = createCluster({ seed: 'kubeadm', startTime: Date.UTC(2026, 10, 21) })
  const session = createSession({ cluster, time: virtualTime(cluster), machine, user })
  return { cluster, run: (line: string) => session.run(line) }
}

test('a token that is made is a Secret, is listed, and makes a join command', async () => {
  const { run } = begin()
  expect((await run('kubeadm token list')).stdout).toBe('')
  const { stdout } = await run('kubeadm token create --print-join-command --ttl 2h')
  expect(stdout).toMatch(
    /^kubeadm join 192\.168\.1\.2:6443 --token [a-z0-9]{6}\.[a-z0-9]{16} --discovery-token-ca-cert-hash sha256:[0-9a-f]{64} \n$/,
  )
  const [, id = ''] = /--token (\w{6})/.exec(stdout) ?? []
  expect((await run(`kubectl get secret -n kube-system bootstrap-token-${id} -o jsonpath={.type}`)).stdout).toBe(
    'bootstrap.kubernetes.io/token',
  )
  expect((await run('kubeadm token list')).stdout).toMatch(
    /^TOKEN +TTL +EXPIRES +USAGES +DESCRIPTION +EXTRA GROUPS\n\S+ +2h +2026-11-21T02:00:00Z +authentication,signing +<none> +system:bootstrappers:kubeadm:default-node-token\n$/,
  )
  expect((await run(`kubeadm token delete ${id}`)).stdout).toBe(`bootstrap token "${id}" deleted\n`)
})

test('certificates are listed with their authorities, and renewed by them', async () => {
  const { run } = begin()
  const { stdout } = await run('kubeadm certs check-expiration')
  expect(stdout).toMatch(/^CERTIFICATE +EXPIRES +RESIDUAL TIME +CERTIFICATE AUTHORITY +EXTERNALLY MANAGED {3,}$/m)
  expect(stdout).toMatch(/^etcd-server +\w{3} \d\d, \d{4} \d\d:\d\d UTC +9y +etcd-ca +no +$/m)
  expect((await run('kubeadm certs renew apiserver')).stdout).toContain(
    'certificate for serving the Kubernetes API renewed\n',
  )
  expect((await run('openssl x509 -in /etc/kubernetes/pki/apiserver.crt -noout -enddate')).stdout).toBe(
    'notAfter=Nov 21 00:00:00 2027 GMT\n',
  )
  expect((await run('openssl verify -CAfile /etc/kubernetes/pki/ca.crt /etc/kubernetes/pki/apiserver.crt')).code).toBe(
    0,
  )
  await run('kubeadm certs renew admin.conf')
  expect((await run('kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes -o name')).stdout).toContain(
    'node/node01',
  )
  expect((await run('kubeadm certs renew all')).stdout).toContain('Done renewing certificates.')
})

test('an upgrade has nowhere to go but where the cluster is', async () => {
  const { run } = begin()
  expect((await run('kubeadm version -o short')).stdout).toBe('v1.36.2\n')
  expect((await run('kubeadm upgrade plan')).stdout).toContain("Awesome, you're up-to-date! Enjoy!")
  expect((await run('kubeadm upgrade apply v1.37.0 -y')).stderr).toContain(
    'is higher than the kubeadm version "v1.36.2"',
  )
  expect((await run('kubeadm upgrade apply v1.36.2 -y')).stdout).toContain('[upgrade] SUCCESS!')
  expect((await run('ssh node01 kubeadm upgrade node')).stdout).toContain('Not a control plane node.')
})

test('a node that is up is not set up again; users other than root may not try', async () => {
  const { run } = begin()
  expect(await run('kubeadm init')).toMatchObject({
    stderr: expect.stringContaining('\t[ERROR Port-6443]: Port 6443 is in use\n'),
    code: 1,
  })
  expect((await run('ssh node01 kubeadm join 192.168.1.2:6443')).stderr).toContain(
    '[ERROR FileAvailable--etc-kubernetes-kubelet.conf]: /etc/kubernetes/kubelet.conf already exists',
  )
  expect((await begin('laptop', 'learner').run('kubeadm version')).code).toBe(127)
})

test('what a new cluster and a new node would be made of is printed to anybody', async () => {
  const { run } = begin('node01', 'learner')
  const { stdout, code } = await run('kubeadm config print init-defaults')
  expect(code).toBe(0)
  const [init = '', cluster = ''] = stdout.split('---\n')
  expect(init).toMatch(/^kind: InitConfiguration\nlocalAPIEndpoint:\n {2}advertiseAddress: 1\.2\.3\.4$/m)
  expect(init).toContain('  name: node\n  taints: null\ntimeouts:\n  controlPlaneComponentHealthCheck: 4m0s\n')
  expect(cluster).toMatch(/^kind: ClusterConfiguration\nkubernetesVersion: 1\.36\.0\nnetworking:$/m)
  expect((await run('kubeadm config print join-defaults')).stdout).toContain(
    'kind: JoinConfiguration\nnodeRegistration:\n  criSocket: unix:///var/run/containerd/containerd.sock\n  imagePullPolicy: IfNotPresent\n  imagePullSerial: true\n  name: node01\n',
  )
})
