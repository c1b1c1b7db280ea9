import { expect, test } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { createSession } from '../session.ts'
import { virtualTime } from '../time.ts'

function replay() {
  const cluster = createCluster({ seed: 'attacks', startTime: Date.UTC(2026, 0, 5, 9) })
  return createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root', cwd: '/tmp' })
}

const MEMORY = 'bash: stopped: the line needs more memory or work than one line may use\n'
const COMMANDS = 'bash: stopped: one line may run 100000 commands\n'

test.each([
  ['seq 1 1000000000 | tail -1', MEMORY],
  ['echo {a..z}{a..z}{a..z}{a..z}{a..z} | wc -c', MEMORY],
  ['printf %1000000000d 1 | wc -c', MEMORY],
  ["printf '%.1000000000f' 1 | wc -c", MEMORY],
  ['x=a; for i in {1..40}; do x=$x$x; done; echo $x | wc -c', MEMORY],
  ['f() { $(f); }; f', MEMORY],
  ['f() { f | f; }; f', 'bash: stopped: functions call each other more than 100 deep\n'],
  ['for ((i = 0; i < 100000000; i++)); do :; done', COMMANDS],
  ['until false; do :; done', COMMANDS],
  [`awk 'BEGIN { print sprintf("%1000000000d", 1) }'`, 'awk: printf width limit exceeded (10000 bytes)\n'],
  ['seq 1 5000 > a; seq 5000 -1 1 > b; diff a b', 'diff: stopped: the files differ over more than 4000 lines\n'],
])('%s ends with one sentence, and the shell goes on', async (line, stderr) => {
  const session = replay()
  const result = await session.run(line)
  expect(result.stderr).toBe(stderr)
  expect(result.code).not.toBe(0)
  expect(await session.run('echo still here')).toEqual({ stdout: 'still here\n', stderr: '', code: 0 })
})

test('braces name no more than one line may hold', async () => {
  const { stdout } = await replay().run('echo {1..100000000} | wc -w')
  expect(Number(stdout)).toBeLessThan(100_000)
})

test('documents in documents stay what they are', async () => {
  const bomb = `x=$(head -c 65536 /dev/zero | tr '\\0' a); cat << E | wc -c\n${'$x'.repeat(40)}\nE\n`
  expect(await replay().run(bomb)).toMatchObject({ stdout: '', stderr: MEMORY })
})

test('forty thousand files are made, counted, copied to another folder and removed', async () => {
  const session = replay()
  const line = 'mkdir a; for i in $(seq 19000); do : > a/f$i; done; cp -r a b; ls a b | wc -l; rm -rf a b; ls | wc -l'
  expect(await session.run(line)).toEqual({ stdout: '38003\n0\n', stderr: '', code: 0 })
})

test('a file system that is full says so', async () => {
  const line = `x=$(head -c 65536 /dev/zero | tr '\\0' a); for i in {1..90}; do echo $x > f$i; done`
  expect((await replay().run(line)).stderr).toMatch(/no space left on device/i)
})
