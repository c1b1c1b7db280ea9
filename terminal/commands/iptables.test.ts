import { beforeAll, expect, it } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { createSession } from '../session.ts'
import { virtualTime } from '../time.ts'
import type { TerminalSession } from '../types.ts'

function session(machine: string, user = 'root'): TerminalSession {
  const cluster = createCluster({ seed: 'iptables', startTime: Date.UTC(2026, 0, 5, 9) })
  return createSession({ cluster, time: virtualTime(cluster), machine, user })
}

const DNS = 'kube-dns:dns-tcp cluster IP'
let root: TerminalSession
beforeAll(() => {
  root = session('controlplane')
})
const run = async (line: string): Promise<string> => (await root.run(line)).stdout

it('saves tables that follow from the Services, chains by name', async () => {
  const saved = await run('iptables-save')
  expect(saved.match(/^\*\w+$/gm)).toEqual(['*mangle', '*filter', '*nat'])
  expect(await run('iptables-save -t nat | grep -c ^COMMIT')).toBe('1\n')
  expect(await run(`iptables-save -t nat | grep '${DNS}' | grep KUBE-SERVICES`)).toBe(
    '-A KUBE-SERVICES -d 10.96.0.10/32 -p tcp -m comment --comment "kube-system/kube-dns:dns-tcp cluster IP" -m tcp --dport 53 -j KUBE-SVC-ERIFXISQEP7F7OF4\n',
  )
})

it('lists a chain with names, or with numbers for -n', async () => {
  const listed = await run('iptables -t nat -L KUBE-SERVICES')
  expect(listed).toMatch(/^Chain KUBE-SERVICES \(2 references\)\ntarget {5}prot opt source {15}destination {9}\n/)
  expect(listed).toContain(
    'KUBE-SVC-NPX46M4PTMTKRN6Y  tcp  --  anywhere             10.96.0.1            /* default/kubernetes:https cluster IP */ tcp dpt:https\n',
  )
  expect(await run('iptables -t nat -nL KUBE-SERVICES | grep kubernetes:https')).toBe(
    'KUBE-SVC-NPX46M4PTMTKRN6Y  tcp  --  0.0.0.0/0            10.96.0.1            /* default/kubernetes:https cluster IP */ tcp dpt:443\n',
  )
  expect(await run('iptables -t nat -nvL KUBE-MARK-MASQ --line-numbers | tail -1')).toBe(
    '1        0     0 MARK       all  --  *      *       0.0.0.0/0            0.0.0.0/0            MARK or 0x4000\n',
  )
  expect(await run('iptables -t nat -S KUBE-MARK-MASQ')).toBe(
    '-N KUBE-MARK-MASQ\n-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000\n',
  )
})

it('refuses what it cannot: other users, unknown tables and chains, changes', async () => {
  expect(await session('node01', 'ubuntu').run('iptables-save')).toMatchObject({ code: 4, stdout: '' })
  expect(await root.run('iptables -t nope -L')).toMatchObject({ code: 3 })
  expect(await root.run('iptables -L NOPE')).toMatchObject({
    code: 1,
    stderr: 'iptables: No chain/target/match by that name.\n',
  })
  expect((await root.run('iptables -A INPUT -j DROP')).stderr).toContain('not emulated')
  expect(await run('iptables-save --table=nope')).toBe('')
})

it('shows no rules of kube-proxy on the laptop', async () => {
  expect(await session('laptop').run('iptables-save')).toMatchObject({ stdout: '', code: 0 })
})
