import { expect, test, vi } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { createSession } from '../session.ts'
import { virtualTime } from '../time.ts'
import { regexSteps } from './regex-steps.ts'

function replay() {
  const cluster = createCluster({ seed: 'text', startTime: Date.UTC(2026, 0, 5, 9) })
  return createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root', cwd: '/tmp' })
}

const letters = (count: number) => `x=$(printf 'a%.0s' {1..${count}})`
/** Characters that the expression of one command looked at. */
async function stepsOf(count: number, line: string): Promise<number> {
  const session = replay()
  await session.run(letters(count))
  const before = regexSteps.total
  await session.run(line)
  return regexSteps.total - before
}

// These take for ever in engines that try one way after another: twice the text is twice the work here.
test.each([
  '[[ $x-b =~ ^(a+)+$ ]]',
  '[[ $x-b =~ ^(a|aa)+$ ]]',
  '[[ $x-b =~ ^(a|a?)+$ ]]',
  '[[ $x-b =~ ^([a-zA-Z]+)*$ ]]',
  '[[ $x =~ (a+a+)+y ]]',
  '[[ $x =~ (.*)(.*)(.*)(.*)(.*)[0-9] ]]',
])('%s takes work in proportion to the text', async (line) => {
  const [some, twice] = [await stepsOf(500, line), await stepsOf(1_000, line)]
  expect(some).toBeGreaterThan(500)
  expect(twice).toBeLessThan(2.2 * some)
})

const SENTENCE = 'stopped: the expression needs more work than one command may use\n'

test.each([
  ["echo $x | grep -oE 'a.*b|a'", 'grep'],
  ["echo $x | sed -E 's/a.*b|a/c/g'", 'sed'],
  [`echo $x | awk '{ gsub(/a.*b|a/, "c"); print }'`, 'awk'],
  ["echo $x | awk -F 'a.*b|a' '{ print NF }'", 'awk'],
  [`echo "\\"$x\\"" | jq 'gsub("a.*b|a"; "c")'`, 'jq'],
  ["echo $x | rg -o 'a.*b|a'", 'rg'],
])('%s, which reads to the end at each letter, ends with one sentence', async (line, name) => {
  const session = replay()
  await session.run(letters(10_000))
  expect(await session.run(line)).toMatchObject({ stdout: '', stderr: `${name}: ${SENTENCE}` })
  expect(await session.run('echo ab | grep -o b')).toEqual({ stdout: 'b\n', stderr: '', code: 0 })
})

test('what learners search for is found as ever', async () => {
  const { stdout } = await replay().run(
    "seq 2000 > f; grep -c 9 f; grep -oE '9+' f | wc -l; sed -E 's/(.)(.)$/\\2\\1/' f | tail -1; awk '/^1+$/' f | tail -1",
  )
  expect(stdout).toBe('542\n560\n2000\n1111\n')
})

test('a machine that lets the process wait stops no search', async () => {
  const session = replay()
  await session.run(letters(5_000))
  let now = performance.now()
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1_000))
  try {
    expect(await session.run('echo $x | grep -cE "^a+$"')).toEqual({ stdout: '1\n', stderr: '', code: 0 })
  } finally {
    clock.mockRestore()
  }
})
