import { expect, test } from 'vitest'
import { type Cluster, createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

function begin(machine = 'controlplane', user = 'root') {
  const cluster: Cluster = createCluster({ seed: 'tools', startTime: Date.UTC(2026, 10, 21) })
  const session = createSession({ cluster, time: virtualTime(cluster), machine, user })
  return { cluster, run: (line: string) => session.run(line) }
}

test('systemctl tells of units, and of kube-proxy that it is none', async () => {
  const { run } = begin()
  expect((await run('systemctl status kubelet')).stdout).toMatch(
    /^● kubelet.service - kubelet: The Kubernetes Node Agent\n {5}Loaded: loaded .*enabled; preset: enabled\)\n {4}Drop-In: .*\n.*10-kubeadm.conf\n {5}Active: active \(running\) since /,
  )
  expect(await run('systemctl status kube-proxy')).toEqual({
    stdout: '',
    stderr: 'Unit kube-proxy.service could not be found.\n',
    code: 4,
  })
  expect(await run('systemctl restart kube-proxy')).toMatchObject({
    stderr: 'Failed to restart kube-proxy.service: Unit kube-proxy.service not found.\n',
    code: 5,
  })
})

test('a kubelet that is stopped takes its node away, and gives it back', async () => {
  const { run, cluster } = begin()
  expect(await run('ssh node01 systemctl stop kubelet')).toMatchObject({ code: 0 })
  expect(await run('ssh node01 systemctl is-active kubelet')).toMatchObject({ stdout: 'inactive\n', code: 3 })
  cluster.run(60_000)
  expect((await run('kubectl get node node01 --no-headers')).stdout).toContain('NotReady')
  expect((await run('ssh node01 journalctl -u kubelet -n 1')).stdout).toContain('systemd[1]: Stopped kubelet.service')
  await run('ssh node01 systemctl start kubelet')
  cluster.settle(60)
  expect((await run('kubectl get node node01 --no-headers')).stdout).not.toContain('NotReady')
})

test('a kubelet with a broken configuration ends again and again, until it is mended', async () => {
  const { run } = begin('node01')
  await run("sed -i 's#pki/ca.crt#pki/CA.crt#' /var/lib/kubelet/config.yaml; systemctl restart kubelet")
  expect(await run('systemctl is-active kubelet')).toMatchObject({ stdout: 'activating\n', code: 3 })
  expect((await run('systemctl status kubelet')).stdout).toMatch(
    /Active: activating \(auto-restart\) \(Result: exit-code\) since .*\n.*\n +Process: \d+ ExecStart=\/usr\/bin\/kubelet \$KUBELET_KUBECONFIG_ARGS .*\(code=exited, status=1\/FAILURE\)/,
  )
  expect((await run('journalctl -u kubelet --no-pager')).stdout).toContain(
    'unable to load client CA file /etc/kubernetes/pki/CA.crt: open /etc/kubernetes/pki/CA.crt: no such file or directory',
  )
  await run("sed -i 's#pki/CA.crt#pki/ca.crt#' /var/lib/kubelet/config.yaml")
  expect(await run('systemctl is-active kubelet')).toMatchObject({ stdout: 'active\n', code: 0 })
})

test.each([
  [
    "sed -i 's#/usr/bin/kubelet#/usr/local/bin/kubelet#' /usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf",
    'Failed to locate executable /usr/local/bin/kubelet: No such file or directory',
  ],
  ["sed -i 's/KUBELET_EXTRA_ARGS=/KUBELET_EXTRA_ARGS=--wrong/' /etc/default/kubelet", 'unknown flag: --wrong'],
  [
    "sed -i 's/kind: KubeletConfiguration/kind: Kubelet/' /var/lib/kubelet/config.yaml",
    'no kind \\"Kubelet\\" is registered',
  ],
  [
    'rm /etc/kubernetes/kubelet.conf',
    'unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf',
  ],
])('a kubelet after `%s` does not start', async (spoil, words) => {
  const { run, cluster } = begin('node01')
  await run(`${spoil}; systemctl restart kubelet`)
  expect((await run('journalctl -u kubelet')).stdout).toContain(words)
  cluster.run(60_000)
  expect((await run('ssh controlplane kubectl get node node01 --no-headers')).stdout).toContain('NotReady')
})

test('a kubelet whose kubeconfig leads to another port runs, and its node is given up', async () => {
  const { run, cluster } = begin('node01')
  await run("sed -i 's/:6443/:6553/' /etc/kubernetes/kubelet.conf; systemctl restart kubelet")
  expect((await run('systemctl is-active kubelet')).stdout).toBe('active\n')
  cluster.run(60_000)
  expect((await run('journalctl -u kubelet -n 5')).stdout).toContain(
    'dial tcp 192.168.1.2:6553: connect: connection refused',
  )
  expect((await run('ssh controlplane kubectl get node node01 --no-headers')).stdout).toContain('NotReady')
  await run("sed -i 's/:6553/:6443/' /etc/kubernetes/kubelet.conf; systemctl restart kubelet")
  cluster.settle(60)
  expect((await run('ssh controlplane kubectl get node node01 --no-headers')).stdout).not.toContain('NotReady')
})

test('the journal tells of a manifest that is no YAML, and of a network that is not there', async () => {
  const { run } = begin()
  await run("sed -i 's/metadata:/metadata/' /etc/kubernetes/manifests/kube-scheduler.yaml; rm /etc/cni/net.d/*")
  const { stdout } = await run('journalctl -u kubelet -n 20')
  expect(stdout).toMatch(
    /file\.go:187\] "Could not process manifest file" err=.*yaml: line \d+: could not find expected ':'/,
  )
  expect(stdout).toContain('cni plugin not initialized')
})

test('crictl shows what runs on the node, its logs, and needs containerd', async () => {
  const { run } = begin()
  expect((await run('crictl ps')).stdout).toMatch(/^CONTAINER {11}IMAGE .*POD ID .*NAMESPACE\n/)
  expect((await run('crictl ps --name kube-apiserver -q | wc -l')).stdout.trim()).toBe('1')
  expect((await run('crictl logs $(crictl ps --name kube-apiserver -q)')).stderr).toContain('Serving securely')
  expect((await run('crictl pods --name coredns -q')).code).toBe(0)
  await run('systemctl stop containerd')
  expect((await run('crictl ps')).stderr).toContain('connect: connection refused')
})

test('a container stopped by crictl is started again by the kubelet', async () => {
  const { run, cluster } = begin()
  await run('crictl stop $(crictl ps --name kube-scheduler -q)')
  cluster.settle(60)
  expect((await run('crictl ps --name kube-scheduler --no-trunc | tail -1')).stdout).toMatch(
    /Running +kube-scheduler +1 /,
  )
})

test('an API server whose manifest is gone refuses kubectl; crictl still answers; the manifest mends it', async () => {
  const { run, cluster } = begin()
  await run('mv /etc/kubernetes/manifests/kube-apiserver.yaml /tmp/')
  cluster.settle(60)
  expect(await run('kubectl get pods')).toMatchObject({
    stderr: expect.stringContaining(
      'The connection to the server 192.168.1.2:6443 was refused - did you specify the right host or port?\n',
    ),
    code: 1,
  })
  expect((await run('crictl ps --name kube-apiserver -q')).stdout).toBe('')
  await run('mv /tmp/kube-apiserver.yaml /etc/kubernetes/manifests/')
  cluster.settle(60)
  expect((await run('kubectl get pods')).stderr).toBe('No resources found in default namespace.\n')
})

test('crictl lists, pulls and removes images, and the kubelet finds them', async () => {
  const { run, cluster } = begin('node01')
  expect((await run('crictl images')).stdout).toMatch(
    /^IMAGE +TAG +IMAGE ID +SIZE\nregistry\.k8s\.io\/coredns\/coredns +v1\.14\.2 +[0-9a-f]{13} +\d/,
  )
  expect((await run('crictl pull redis:7')).stdout).toMatch(/^Image is up to date for sha256:[0-9a-f]{64}\n$/)
  expect((await run('crictl images | grep redis')).stdout).toMatch(/^docker\.io\/library\/redis +7 +/)
  await run(
    'ssh controlplane "kubectl run r --image=redis:7 --overrides=\'{\\"spec\\":{\\"nodeName\\":\\"node01\\"}}\'"',
  )
  cluster.settle(10)
  expect((await run('ssh controlplane kubectl describe pod r')).stdout).toContain(
    '"redis:7" already present on machine',
  )
  expect((await run('crictl rmi redis:7')).stdout).toBe('Deleted: redis:7\n')
  expect((await run('crictl pull nosuchimage:x')).stderr).toContain('level=fatal msg="pulling image: ')
  expect(JSON.parse((await run('crictl ps --name kube-proxy -o json')).stdout).containers[0].metadata.name).toBe(
    'kube-proxy',
  )
})

test('crictl without its configuration warns that it had to look for a socket', async () => {
  const { run } = begin('node01')
  await run('rm /etc/crictl.yaml')
  expect((await run('crictl ps -q')).stderr).toContain(
    'runtime connect using default endpoints: [unix:///run/containerd/',
  )
})

test('ss and netstat show who listens, to root by name', async () => {
  const { run } = begin()
  const listed = (await run('ss -tlnp')).stdout
  expect(listed).toMatch(/^State +Recv-Q Send-Q +Local Address:Port +Peer Address:Port *Process\n/)
  expect(listed).toMatch(/LISTEN 0 +4096 +\*:6443 +\*:\* +users:\(\("kube-apiserver",pid=\d+,fd=3\)\)\n/)
  expect((await run('netstat -tlnp | grep 10250')).stdout).toMatch(
    /^tcp6 +0 +0 :::10250 +:::\* +LISTEN +812\/kubelet +\n/,
  )
  await run('systemctl stop kubelet')
  expect((await run('ss -tln | grep -c 10250')).stdout).toBe('0\n')
})

test('telnet says whether somebody listens', async () => {
  const { run } = begin()
  expect((await run('telnet node01 22')).stdout).toContain('Connected to node01.')
  expect((await run('telnet node01 81')).stderr).toBe('telnet: Unable to connect to remote host: Connection refused\n')
})
