import { expect, test } from 'vitest'
import { createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

function begin(machine = 'node01') {
  const cluster = createCluster({ seed: 'ip', startTime: Date.UTC(2026, 10, 21) })
  const session = createSession({ cluster, time: virtualTime(cluster), machine, user: 'root' })
  return async (line: string) => (await session.run(line)).stdout
}

test('a node has its address, the bridge of its Pods, and a pair of interfaces for each', async () => {
  const run = begin('controlplane')
  await run('kubectl run web --image=nginx --overrides=\'{"spec":{"nodeName":"controlplane"}}\'; sleep 10')
  expect(await run('ip a show eth0')).toMatch(
    /^2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000\n {4}link\/ether (\S+) brd ff:ff:ff:ff:ff:ff\n {4}inet 192\.168\.1\.2\/24 brd 192\.168\.1\.255 scope global eth0\n {7}valid_lft forever preferred_lft forever\n {4}inet6 fe80::\S+\/64 scope link\n/,
  )
  expect(await run("ip -4 -o addr show cni0 | awk '{print $2,$3,$4}'")).toBe('cni0 inet 10.244.0.1/24\n')
  expect(await run('ip -br -4 addr')).toMatch(/^lo +UNKNOWN +127\.0\.0\.1\/8 \neth0 +UP +192\.168\.1\.2\/24 \n/)
  expect(await run('ip -br link show type bridge')).toMatch(/^cni0 +UP +0a:\S+ <BROADCAST,MULTICAST,UP,LOWER_UP> \n$/)
  const [, index = ''] = /^(\d+): (veth\w{8})@if2: .* master cni0 /m.exec(await run('ip link')) ?? []
  expect(await run('kubectl exec web -- ip addr show eth0 2>/dev/null || true')).toBe('')
  expect(Number(index)).toBeGreaterThan(3)
})

test('routes, the one that an address takes, and neighbours', async () => {
  const run = begin()
  expect(await run("ip r | awk '{print $1,$2,$3}'")).toBe(
    'default via 192.168.1.1\n10.244.0.0/24 via 192.168.1.2\n10.244.1.0/24 dev cni0\n10.244.2.0/24 via 192.168.1.4\n192.168.1.0/24 dev eth0\n',
  )
  expect(await run('ip route show default')).toBe('default via 192.168.1.1 dev eth0 proto static \n')
  expect(await run('ip route get 10.244.2.7')).toBe(
    '10.244.2.7 via 192.168.1.4 dev eth0 src 192.168.1.3 uid 0 \n    cache \n',
  )
  expect(await run('ip route get 8.8.8.8 | head -1')).toBe('8.8.8.8 via 192.168.1.1 dev eth0 src 192.168.1.3 uid 0 \n')
  expect(await run('ip neigh show dev eth0')).toMatch(/^192\.168\.1\.1 dev eth0 lladdr 52:54:00:\S+ REACHABLE \n/)
  expect(await run('arp -n | grep 192.168.1.2')).toMatch(/^192\.168\.1\.2 +ether +52:54:00:\S+ +C +eth0\n$/m)
  expect(await run('route -n | head -3 | tail -1')).toBe(
    '0.0.0.0         192.168.1.1     0.0.0.0         UG    0      0        0 eth0\n',
  )
  expect(await run('ifconfig cni0 | grep inet')).toBe(
    '        inet 10.244.1.1  netmask 255.255.255.0  broadcast 10.244.1.255\n',
  )
})

test('a Pod has one interface, which busybox lays out its own way', async () => {
  const run = begin('controlplane')
  await run('kubectl run box --image=busybox -- sleep 999; sleep 10')
  const shown = await run('kubectl exec box -- ip addr show eth0')
  expect(shown).toMatch(
    /^2: eth0@if\d+: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue qlen 1000\n {4}link\/ether \S+ brd ff:ff:ff:ff:ff:ff\n {4}inet 10\.244\.\d\.\d+\/24 brd /,
  )
  expect(await run('kubectl exec box -- ip route')).toMatch(/^default via 10\.244\.\d\.1 dev eth0/)
})
