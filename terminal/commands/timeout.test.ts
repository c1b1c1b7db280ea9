import { describe, expect, it } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { createSession } from '../session.ts'
import { createTypist } from '../testing/typist.ts'
import { virtualTime } from '../time.ts'
import type { TerminalSession } from '../types.ts'

const START = Date.UTC(2026, 0, 5, 9)

function replay(): TerminalSession & { now(): number; settle(seconds: number): void } {
  const cluster = createCluster({ seed: 'timeout', startTime: START })
  const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
  return Object.assign(session, {
    now: () => (cluster.now() - START) / 1000,
    settle: (seconds: number) => cluster.settle(seconds),
  })
}

describe('timeout', () => {
  it('ends a command when its time has passed in the cluster, and keeps what it printed', async () => {
    const session = replay()
    for (const [line, stdout, code, seconds] of [
      ['timeout 2 sleep 10', '', 124, 2],
      ['timeout 2 sleep 1', '', 0, 1],
      ['timeout 0 sleep 3', '', 0, 3],
      ['timeout 1m sleep 90', '', 124, 60],
      ['timeout 0.5s sleep 3', '', 124, 0.5],
      ['timeout -s KILL 2 sleep 10', '', 137, 2],
      ['timeout --preserve-status 2 sleep 10', '', 143, 2],
      ['timeout --signal=INT --preserve-status 2 sleep 10', '', 130, 2],
      ['timeout -k 1 2 sleep 10', '', 124, 2],
      ["timeout 3 sh -c 'while true; do echo hi; sleep 1; done'", 'hi\nhi\nhi\n', 124, 3],
      ["timeout 9 bash -c 'sleep 1; exit 7'", '', 7, 1],
      ['timeout 5 timeout 2 sleep 10', '', 124, 2],
      ['timeout 2 timeout 5 sleep 10', '', 124, 2],
      ["timeout 3 sh -c '(echo x; sleep 1; echo y; sleep 9; echo z) | cat -n'", '     1\tx\n     2\ty\n', 124, 3],
      ['x=$(timeout 2 sh -c "echo hi; sleep 5"); echo "$x $?"', 'hi 124\n', 0, 2],
    ] as const) {
      const before = session.now()
      const { stdout: printed, code: ended } = await session.run(line)
      expect({ line, printed, ended, took: session.now() - before }).toEqual({
        line,
        printed: stdout,
        ended: code,
        took: seconds,
      })
    }
  })

  it('ends a watch with what it showed', async () => {
    const session = replay()
    const { stdout, code } = await session.run('timeout 5 kubectl get pods -n kube-system -w -o name')
    expect(code).toBe(124)
    expect(stdout).toContain('pod/coredns-')
  })

  it('says what is wrong in the words of coreutils', async () => {
    const session = replay()
    for (const [line, stderr, code] of [
      ['timeout', "Try 'timeout --help' for more information.\n", 125],
      ['timeout 5', "Try 'timeout --help' for more information.\n", 125],
      ['timeout x ls', "timeout: invalid time interval ‘x’\nTry 'timeout --help' for more information.\n", 125],
      ['timeout -s FOO 1 ls', "timeout: ‘FOO’: invalid signal\nTry 'timeout --help' for more information.\n", 125],
      ['timeout -z 1 ls', "timeout: invalid option -- 'z'\nTry 'timeout --help' for more information.\n", 125],
      ['timeout 1 nosuch', 'timeout: failed to run command ‘nosuch’: No such file or directory\n', 127],
      ['timeout -v 1 sleep 2', 'timeout: sending signal TERM to command ‘sleep’\n', 124],
    ] as const)
      expect({ line, ...(await session.run(line)) }).toEqual({ line, stdout: '', stderr, code })
  })

  it('reaches into containers, and is busybox’s own there', async () => {
    const session = replay()
    await session.run('kubectl run box --image=busybox:1.36 -- sleep 3600')
    session.settle(60)
    const before = session.now()
    expect(await session.run('timeout 3 kubectl exec box -- sleep 20')).toMatchObject({ code: 124 })
    expect(session.now() - before).toBeCloseTo(3, 1)
    expect(await session.run('kubectl exec box -- timeout 2 sleep 20')).toMatchObject({
      stderr: 'command terminated with exit code 143\n',
      code: 143,
    })
    expect(await session.run('kubectl exec box -- timeout 2 nosuch')).toMatchObject({
      stderr: "timeout: can't execute 'nosuch': No such file or directory\ncommand terminated with exit code 127\n",
    })
    expect(await session.run("kubectl exec box -- sh -c 'timeout 1 sleep 5; echo $?'")).toMatchObject({
      stdout: '143\n',
    })
  })

  it('ends a program that waits for keys', async () => {
    const typist = await createTypist()
    await typist.typeUntil('timeout 1 cat; echo "code $?"\r', 'cat; echo')
    typist.cluster.run(2_000)
    await new Promise((resolve) => setTimeout(resolve, 60))
    await typist.type('')
    expect(typist.screen()).toContain('code 124')
  })
})
