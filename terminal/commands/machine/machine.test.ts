import { expect, test } from 'vitest'
import { createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

function begin(machine = 'controlplane', user = 'root') {
  const cluster = createCluster({ seed: 'machine', startTime: Date.UTC(2026, 10, 21) })
  const session = createSession({ cluster, time: virtualTime(cluster), machine, user })
  return (line: string) => session.run(line)
}

test('memory, disks, processors and load are those of the Node', async () => {
  const run = begin()
  expect((await run('free')).stdout).toMatch(
    /^ {15}total {8}used {8}free {6}shared {2}buff\/cache {3}available\nMem: {9}4018128 +\d+ +\d+ +\d+ +\d+ +\d+\nSwap: {14}0 {11}0 {11}0\n$/,
  )
  expect((await run('free -h | grep Mem')).stdout).toMatch(/^Mem: {11}3\.8Gi /)
  expect((await run('df -h /var/lib')).stdout).toMatch(
    /^Filesystem {6}Size {2}Used Avail Use% Mounted on\n\/dev\/vda1 +19G +6\.3G +12G +\d+% \/\n$/,
  )
  expect((await run('nproc')).stdout).toBe('2\n')
  expect((await run('lscpu | grep "^CPU(s)"')).stdout).toBe('CPU(s):                   2\n')
  expect((await run('uptime')).stdout).toMatch(/^ 00:00:\d\d up \d+ days, .*, {2}1 user, {2}load average: /)
  expect((await run('top -b -n 1 | head -8 | tail -2')).stdout).toMatch(/^ +PID USER .*COMMAND\n +\d+ root .*/)
})

test('processes with their flags, as ps shows them', async () => {
  const run = begin()
  expect((await run('ps aux | grep [k]ubelet | head -1')).stdout).toMatch(
    /^root +812 +1\.0 +2\.0 +\d+ +\d+ \? +Ssl +Nov\d\d +\d+:\d\d \/usr\/bin\/kubelet --bootstrap-kubeconfig=.* --config=\/var\/lib\/kubelet\/config\.yaml/,
  )
  expect((await run('ps -ef | grep [e]tcd.--adv')).stdout).toMatch(
    /^root +\d+ +\d+ +\d Nov\d\d \? +\d\d:\d\d:\d\d etcd --advertise-client-urls=/,
  )
  expect((await run('ps -C kube-apiserver -o args= | tr " " "\\n" | grep node-port; ps -p 1 -o comm=')).stdout).toBe(
    'init\n',
  )
  expect((await run('ps')).stdout).toMatch(
    /^ {4}PID TTY +TIME CMD\n +\d+ pts\/0 +00:00:00 bash\n +\d+ pts\/0 +00:00:00 ps\n$/,
  )
})

test('programs lie where their packages put them', async () => {
  const run = begin()
  expect((await run('whereis kubelet nothing')).stdout).toBe('kubelet: /usr/bin/kubelet\nnothing:\n')
  expect((await run('cat /proc/sys/net/ipv4/ip_forward; iptables -V')).stdout).toBe('1\niptables v1.8.10 (nf_tables)\n')
})

test('who has a port open, as root sees it', async () => {
  const run = begin()
  expect((await run('lsof -i :6443')).stdout).toMatch(
    /^COMMAND +PID +USER .*\nkube-apis +\d+ +root +3u +IPv6 .* TCP \*:6443 \(LISTEN\)\n$/,
  )
  expect(await run('lsof -i :9')).toMatchObject({ stdout: '', code: 1 })
})

test('the kernel has what Kubernetes needs; other programs are not installed', async () => {
  const run = begin()
  expect((await run('sysctl net.ipv4.ip_forward net.bridge.bridge-nf-call-iptables')).stdout).toBe(
    'net.ipv4.ip_forward = 1\nnet.bridge.bridge-nf-call-iptables = 1\n',
  )
  expect((await run('sysctl nope')).stderr).toBe('sysctl: cannot stat /proc/sys/nope: No such file or directory\n')
  expect(await run('ipvsadm -Ln')).toMatchObject({
    stderr: "Command 'ipvsadm' not found, but can be installed with:\napt install ipvsadm\n",
    code: 127,
  })
})

test('apt has the versions of the cluster and no newer ones', async () => {
  const run = begin()
  expect((await run('apt-cache madison kubeadm | head -1')).stdout).toBe(
    '   kubeadm | 1.36.2-1.1 | https://pkgs.k8s.io/core:/stable:/v1.36/deb  Packages\n',
  )
  expect((await run('apt-mark unhold kubeadm && apt-mark showhold')).stdout).toBe(
    'Canceled hold on kubeadm.\nkubectl\nkubelet\n',
  )
  expect((await run("apt-get install -y kubeadm='1.36.2-1.1'")).stdout).toContain(
    'kubeadm is already the newest version (1.36.2-1.1).\n',
  )
  expect(await run("apt-get install -y kubelet='1.37.0-1.1'")).toMatchObject({
    stderr: "E: Version '1.37.0-1.1' for 'kubelet' was not found\n",
    code: 100,
  })
  expect((await begin('laptop', 'learner')('apt-get install x')).stderr).toContain('are you root?')
})

test('traceroute shows the node in between, and stars for what does not answer', async () => {
  const run = begin()
  await run('kubectl run web --image=nginx --overrides=\'{"spec":{"nodeName":"node02"}}\'; sleep 10')
  const ip = (await run('kubectl get pod web -o jsonpath={.status.podIP}')).stdout
  expect((await run(`traceroute -n ${ip}`)).stdout).toMatch(
    new RegExp(
      `^traceroute to ${ip} \\(${ip}\\), 30 hops max, 60 byte packets\\n 1  192\\.168\\.1\\.4  .* ms\\n 2  ${ip}  .* ms\\n$`,
    ),
  )
  expect((await run('traceroute -m 3 -q 1 10.96.0.1')).stdout).toMatch(
    /^.*\n 1 {2}_gateway \(192\.168\.1\.1\) .*\n 2 {2}\*\n 3 {2}\*\n$/,
  )
})

test('ctr sees what is in the namespace of Kubernetes', async () => {
  const run = begin()
  expect((await run('ctr -n k8s.io c ls | head -1')).stdout).toMatch(/^CONTAINER +IMAGE +RUNTIME +$/m)
  expect((await run('ctr c ls -q')).stdout).toBe('')
  expect((await run('ctr -n k8s.io i ls -q')).stdout).toContain('registry.k8s.io/pause:3.10.1\n')
})
