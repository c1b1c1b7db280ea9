import { beforeAll, describe, expect, it } from 'vitest'
import { type Replay, replay } from '../testing/replay.ts'

describe('kubectl diff', () => {
  let shell: Replay
  beforeAll(async () => {
    shell = replay('diff')
    const secret = (value: string) =>
      `apiVersion: v1\\nkind: Secret\\nmetadata: {name: s}\\nstringData: {a: ${value}}\\n`
    await shell.run(`printf '${secret('one')}' | kubectl apply -f -; printf '${secret('two')}' > s.yaml`)
  })

  it('hides what Secrets hold', async () => {
    const { stdout, code } = await shell.run('kubectl diff -f s.yaml')
    expect(code).toBe(1)
    expect(stdout).toContain("-  a: '*** (before)'\n+  a: '*** (after)'\n")
    expect(stdout).not.toContain('b25l')
  })

  it('runs the program in KUBECTL_EXTERNAL_DIFF', async () => {
    expect(await shell.text('KUBECTL_EXTERNAL_DIFF="echo -u @foo" kubectl diff -f s.yaml')).toMatch(
      /^\/tmp\/LIVE-\d+ \/tmp\/MERGED-\d+ -u\n$/,
    )
    expect(await shell.run('KUBECTL_EXTERNAL_DIFF=nosuch kubectl diff -f s.yaml')).toMatchObject({
      stderr: 'error: failed to run "nosuch": executable file not found in $PATH\n',
      code: 2,
    })
  })

  it.each([
    ['-f nope.yaml', 'error: the path "nope.yaml" does not exist\n'],
    ['', 'error: must specify one of -f and -k\n'],
    ['-f s.yaml --force-conflicts', 'error: --force-conflicts only works with --server-side\n'],
  ])('ends with 2 for mistakes: %s', async (words, stderr) => {
    expect(await shell.run(`kubectl diff ${words}`)).toMatchObject({ stderr, code: 2 })
  })
})
