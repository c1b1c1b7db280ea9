import { expect, test } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { createSession } from '../session.ts'
import { virtualTime } from '../time.ts'

const NESTED = "awk 'BEGIN { print 1; for (i = 0; i < 4999; i++) for (j = 0; j < 4999; j++) x++; print 2 }'"
const SENTENCE = 'stopped: the program needs more time than one line may use\n'

function replay() {
  const cluster = createCluster({ seed: 'text', startTime: Date.UTC(2026, 0, 5, 9) })
  return createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root', cwd: '/tmp' })
}

test('what ran too long leaves what it had printed, one sentence and a code', async () => {
  const session = replay()
  expect(await session.run(NESTED)).toEqual({ stdout: '1\n', stderr: `awk: ${SENTENCE}`, code: 124 })
  expect(await session.run("awk 'BEGIN { print 3 }'")).toEqual({ stdout: '3\n', stderr: '', code: 0 })
})

test('sed -i that ran too long leaves the file as it was', async () => {
  const session = replay()
  await session.run('seq 9000 > f')
  const result = await session.run("sed -i ':a; s/^/x/; /x\\{900\\}/!ta' f")
  // Its loop or its expression, whichever budget ends first.
  expect(result).toMatchObject({ stdout: '', stderr: expect.stringMatching(/^sed: stopped: the .*\n$/), code: 124 })
  expect(await session.run('tail -1 f')).toMatchObject({ stdout: '9000\n' })
})

test('a loop around such programs ends them sooner once the line has used its time', async () => {
  const result = await replay().run(`for n in 1 2 3 4 5 6 7 8; do ${NESTED}; done; echo $?`)
  expect(result).toMatchObject({ stderr: `awk: ${SENTENCE}`.repeat(8), code: 0 })
  expect(result.stdout.endsWith('124\n')).toBe(true)
  expect(result.stdout.split('1\n').length).toBeLessThan(8)
})

test.each([
  ["printf 'a b\\nc d\\n' | awk '{ print $2 }'", 'b\nd\n'],
  ["printf 'a b\\nc d\\n' > f; awk -v n=2 '{ print $n } END { print NR }' f", 'b\nd\n2\n'],
  ['awk \'BEGIN { "echo hi" | getline x; print x; print x > "g" }\'; cat g', 'hi\nhi\n'],
  ["echo a-b | sed 's/-/+/'", 'a+b\n'],
  ["printf 'a\\nb\\n' > f; sed -n 2p f; sed -i 's/a/c/' f; cat f", 'b\nc\nb\n'],
  ["seq 5000 | awk '{ s += $1 } END { print s }'", '12502500\n'],
  ["for i in $(seq 60); do echo $i | awk '{ print $1 }' | sed s/x//; done | tail -1", '60\n'],
])('%s', async (line, stdout) => {
  expect(await replay().run(line)).toEqual({ stdout, stderr: '', code: 0 })
})
