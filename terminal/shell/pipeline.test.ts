import { describe, expect, it } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { createSession } from '../session.ts'
import { createTypist } from '../testing/typist.ts'
import { virtualTime } from '../time.ts'
import type { TerminalSession } from '../types.ts'

const START = Date.UTC(2026, 0, 5, 9)

function replay(): TerminalSession & { now(): number } {
  const cluster = createCluster({ seed: 'pipeline', startTime: START })
  const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
  return Object.assign(session, { now: () => Math.round((cluster.now() - START) / 1000) })
}

const SLOW = '(echo a 1; sleep 2; echo b 2; sleep 2; echo a 3; sleep 60; echo a 4; sleep 60; echo a 5)'

describe('a pipeline whose first stage lasts', () => {
  it('ends its writer at the write that nobody reads', async () => {
    const session = replay()
    const before = session.now()
    expect(await session.run(`${SLOW} | head -2`)).toEqual({ stdout: 'a 1\nb 2\n', stderr: '', code: 0 })
    expect(session.now() - before).toBe(4)
  })

  it('shows the same as one that waits', async () => {
    const session = replay()
    const quick = SLOW.replaceAll(/sleep \d+/g, ':')
    for (const filter of [
      'grep a',
      'grep -c a',
      'grep -n a',
      'grep -v a | wc -l',
      'grep nothing',
      'grep -m1 b',
      'grep -q b',
      'sed s/a/x/',
      "sed -n '$p'",
      'sed 2q',
      "awk '{print NR, $2}'",
      "awk '{s+=$2} END {print s}'",
      'sort -r | head -1',
      'tail -1',
      'tee /tmp/copy | cut -d" " -f2',
      'cat -n',
      'nl',
      'tr a-z A-Z',
      'xargs -n1 echo x',
      'xargs echo',
      'uniq',
      'while read -r x y; do echo "$y-$x"; done',
      '{ cat; echo end; }',
      'wc -l > /tmp/out',
    ]) {
      const streamed = await session.run(`${SLOW} | ${filter}`)
      expect({ filter, ...streamed }).toEqual({ filter, ...(await session.run(`${quick} | ${filter}`)) })
    }
  })

  it('runs on functions and variables of its shell, inside a subshell', async () => {
    const session = replay()
    await session.run('f() { sed "s/^/$p/"; }; p=">"; x=0')
    expect(await session.run('(sleep 1; echo 1; echo 2) | f; echo $x')).toMatchObject({ stdout: '>1\n>2\n0\n' })
    expect(await session.run('(sleep 1; echo 1) | while read x; do :; done; echo $x')).toMatchObject({ stdout: '0\n' })
    expect(await session.run('y=$( (sleep 1; echo 1; echo 2) | head -1); echo "[$y]"')).toMatchObject({
      stdout: '[1]\n',
    })
    expect(await session.run('! (sleep 1; echo 1) | grep -q 1; echo $?')).toMatchObject({ stdout: '1\n' })
    expect(await session.run('(sleep 1; echo 1 >&2) |& cat -n')).toMatchObject({ stdout: '     1\t1\n', stderr: '' })
    expect(await session.run('set -o pipefail; (sleep 1; exit 3) | cat; echo $?')).toMatchObject({ stdout: '3\n' })
  })

  it('fills the file that a lasting command’s output goes to', async () => {
    const session = replay()
    const line = '(echo a; sleep 5; echo b >&2; sleep 5; echo c) > /tmp/f 2>&1 & sleep 2; cat /tmp/f; wait; cat /tmp/f'
    expect(await session.run(line)).toMatchObject({ stdout: 'a\na\nb\nc\n' })
    expect(await session.run('(sleep 1; echo d; exit 3) >> /tmp/f; echo $?; tail -2 /tmp/f')).toMatchObject({
      stdout: '3\nc\nd\n',
    })
    expect(await session.run('timeout 2 kubectl get nodes -w -o name > /tmp/g; echo $?; head -1 /tmp/g')).toMatchObject(
      {
        stdout: '124\nnode/controlplane\n',
      },
    )
  })

  it('ends where a stage is no command', async () => {
    const session = replay()
    expect(await session.run('kubectl get pods -A -w | gerp x')).toMatchObject({
      stdout: '',
      stderr: 'bash: gerp: command not found\n',
      code: 127,
    })
  })

  it('gives a loop around read each line when it comes', async () => {
    const session = replay()
    const before = session.now()
    const { stdout } = await session.run(
      '(sleep 1; echo a; sleep 1; echo b) | while read x; do echo "$x $(date +%s)"; sleep 5; done',
    )
    const base = START / 1000 + before
    expect(stdout).toBe(`a ${base + 1}\nb ${base + 7}\n`)
  })

  it('follows a watch at the terminal, until Ctrl-C', async () => {
    const typist = await createTypist()
    await typist.typeUntil(
      "kubectl get pods -n kube-system -w | grep --line-buffered coredns | sed 's/^/> /'\r",
      '> coredns',
    )
    typist.session.input('\u0003')
    await typist.type('\r')
    await typist.typeUntil('echo "code $?"\r', 'code ')
    expect(typist.screen()).toContain('^C')
  })
})
