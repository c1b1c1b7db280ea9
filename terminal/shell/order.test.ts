// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash's own variables
import { describe, expect, it } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { createSession } from '../session.ts'
import { createTypist } from '../testing/typist.ts'
import { virtualTime } from '../time.ts'

const replay = () => {
  const cluster = createCluster({ seed: 'order', startTime: Date.UTC(2026, 0, 5, 9) })
  return createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
}
const MIXED = 'echo 1; ls /nope; echo 2; kubectl get pod nope; echo 3'
const IN_ORDER =
  '1\nls: cannot access \'/nope\': No such file or directory\n2\nError from server (NotFound): pods "nope" not found\n3\n'

describe('2>&1', () => {
  it.each([
    `{ ${MIXED}; } 2>&1 | cat`,
    `(${MIXED}) |& cat`,
    `f() { ${MIXED}; }; f 2>&1 | cat`,
    `bash -c '${MIXED}' 2>&1 | cat`,
    `for i in x; do ${MIXED}; done 2>&1 | cat | cat`,
    `echo; x=$( { ${MIXED}; } 2>&1 ); clear >/dev/null; echo "$x"`,
    `(sleep 1; ${MIXED}) 2>&1 | cat`,
  ])('keeps the order of printing in a pipe: %s', async (line) => {
    const { stdout, stderr } = await replay().run(line)
    expect({ stdout: stdout.replace(/^\n/, ''), stderr }).toEqual({ stdout: IN_ORDER, stderr: '' })
  })

  it('leaves what a stage reads and how it ends', async () => {
    const session = replay()
    expect(await session.run('echo in | (cat; exit 4) 2>&1 | tr a-z A-Z; echo ${PIPESTATUS[@]}')).toMatchObject({
      stdout: 'IN\n0 4 0\n',
    })
    expect(await session.run('echo err >&2 2>&1 | cat; (echo kept >&2) 2>/dev/null | cat')).toMatchObject({
      stderr: 'err\n',
    })
  })
})

describe('PIPESTATUS', () => {
  it.each([
    ['false | true | (exit 3); echo ${PIPESTATUS[@]}', '1 0 3\n'],
    ['(sleep 1; exit 4) | true | (exit 3); echo ${PIPESTATUS[@]}', '4 0 3\n'],
    ['(sleep 1; exit 4) | cat; echo $? ${PIPESTATUS[0]}; echo ${PIPESTATUS[@]}', '0 4\n0\n'],
    ['false || (sleep 1; exit 4) | cat; echo $?', '0\n'],
    ['true || (sleep 1; exit 4) | (exit 5); echo $?', '0\n'],
    ['true && (sleep 1) | (exit 5) || echo "no $?"', 'no 5\n'],
    ['set -o pipefail; (sleep 1; exit 4) | cat; echo $? ${PIPESTATUS[*]}', '4 4 0\n'],
    ['! (sleep 1) | (exit 5); echo $? ${PIPESTATUS[*]}', '0 0 5\n'],
    ['! false; echo $?', '0\n'],
  ])('%s', async (line, stdout) => {
    expect(await replay().run(line)).toMatchObject({ stdout, stderr: '' })
  })
})

it('yes prints until its reader goes', async () => {
  const session = replay()
  expect(await session.run('yes | head -3; yes no way | sed 1q')).toEqual({
    stdout: 'y\ny\ny\nno way\n',
    stderr: '',
    code: 0,
  })
  expect(await session.run('x=$(yes); echo ${#x}')).toMatchObject({ stderr: 'yes: stopped: it may print 1 MB here\n' })
})

it('says that a range is too large, and leaves it as it stands', async () => {
  const refused = {
    stdout: '{1..100000000}\n',
    stderr: expect.stringContaining('failed to allocate memory for 100000000'),
  }
  const session = replay()
  expect(await session.run('echo {1..100000000}')).toMatchObject(refused)
  expect(await session.run("bash -c 'echo {1..100000000}'")).toMatchObject(refused)
  expect(await session.run('echo {1..9000} | wc -w; echo {10..1..3}')).toMatchObject({ stdout: '9000\n10 7 4 1\n' })
})

describe('a here-document without its end', () => {
  const warning = "bash: warning: here-document at line 2 delimited by end-of-file (wanted `END')\n"

  it('ends with the text in a script', async () => {
    const session = replay()
    expect(await session.run('echo 1\ncat <<END\n2')).toEqual({ stdout: '1\n2\n', stderr: warning, code: 0 })
    expect(await session.run("bash -c 'echo 1\ncat <<END\n2'")).toEqual({ stdout: '1\n2\n', stderr: warning, code: 0 })
    await session.run("printf 'cat <<END\\n1\\n' > /tmp/s")
    expect(await session.run('bash /tmp/s')).toMatchObject({
      stdout: '1\n',
      stderr: "/tmp/s: line 2: warning: here-document at line 1 delimited by end-of-file (wanted `END')\n",
    })
  })

  it('makes a terminal ask for more until the word comes', async () => {
    const { type, screen } = await createTypist({ machine: 'controlplane', user: 'root' })
    await type('cat <<END\rone\rENDE\r')
    expect(screen()).toMatch(/cat <<END\n> one\n> ENDE\n>$/)
    await type('END\r')
    expect(screen()).toContain('> END\none\nENDE\n')
  })
})
