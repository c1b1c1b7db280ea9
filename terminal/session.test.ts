import { describe, expect, it } from 'vitest'
import { createCluster } from '../emulator/index.ts'
import { createSession } from './session.ts'
import { virtualTime } from './time.ts'
import type { SessionOptions, TerminalSession } from './types.ts'

const START = Date.UTC(2026, 0, 5, 9)

function replay(options: Partial<SessionOptions> = {}): TerminalSession {
  const cluster = createCluster({ seed: 'session', startTime: START })
  return createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root', ...options })
}

async function stdout(session: TerminalSession, line: string): Promise<string> {
  const result = await session.run(line)
  expect(result.stderr).toBe('')
  return result.stdout
}

describe('state between lines', () => {
  it('keeps directory, variables, functions, arrays, aliases, options and $?', async () => {
    const session = replay()
    await session.run(
      'mkdir -p /tmp/a; cd /tmp/a; x=1; export Y=2; f() { echo "f $1 $x"; }; a=(1 "2 3"); declare -A m=([k]=v)',
    )
    await session.run("alias hi='echo hi'")
    await session.run('set -o pipefail; false')
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell expands it
    expect(await stdout(session, 'echo $?; pwd; f y; echo $Y "${a[1]}" ${m[k]}')).toBe('1\n/tmp/a\nf y 1\n2 2 3 v\n')
    expect(await stdout(session, 'hi there; false | true; echo $?')).toBe('hi there\n1\n')
  })

  it('knows k as kubectl', async () => {
    expect(await stdout(replay(), 'k get nodes -o name')).toBe('node/controlplane\nnode/node01\nnode/node02\n')
  })

  it('forgets functions on unset -f', async () => {
    const session = replay()
    await session.run('f() { echo f; }; unset -f f')
    expect(await session.run('f')).toMatchObject({ stderr: 'bash: f: command not found\n', code: 127 })
  })

  it('survives being saved and opened again', async () => {
    const first = replay()
    await first.run('cd /tmp; export COLOUR="dark blue"; g() { echo "g $COLOUR"; }')
    await first.run("alias hi='echo hi'")
    const second = replay({ saved: JSON.parse(JSON.stringify(first.save())) })
    expect(await stdout(second, 'pwd; g; hi; printenv COLOUR')).toBe('/tmp\ng dark blue\nhi\ndark blue\n')
  })
})

describe('streams', () => {
  it('sends functions, scripts, eval and groups where their caller’s output goes', async () => {
    const session = replay()
    await session.run('f() { echo "out $1"; echo "err $1" >&2; }')
    expect(await session.run('f a | tr a-z A-Z')).toMatchObject({ stdout: 'OUT A\n', stderr: 'err a\n' })
    expect(await session.run('x=$(f b 2>&1); echo "[$x]"')).toMatchObject({ stdout: '[out b\nerr b]\n', stderr: '' })
    expect(await session.run('{ f c; date +%Y; } > /tmp/o 2>/tmp/e; cat /tmp/o /tmp/e')).toMatchObject({
      stdout: 'out c\n2026\nerr c\n',
      stderr: '',
    })
    expect(await session.run('eval "f d" 2>/dev/null; f e 2>&1 >/dev/null | cat')).toMatchObject({
      stdout: 'out d\nerr e\n',
      stderr: '',
    })
  })

  it('runs scripts, sourced or not, and ./files by their mode', async () => {
    const session = replay()
    await session.run('cat > s.sh <<\'EOF\'\n#!/bin/bash\necho "$0 $1 $#"\nv=set\nEOF')
    expect(await stdout(session, 'bash s.sh x y; echo "[$v]"; . ./s.sh z; echo "[$v]"')).toBe(
      's.sh x 2\n[]\nbash z 1\n[set]\n',
    )
    expect(await session.run('./s.sh')).toMatchObject({ stderr: 'bash: ./s.sh: Permission denied\n', code: 126 })
    expect(await stdout(session, 'chmod +x s.sh; ./s.sh q')).toBe('./s.sh q 1\n')
    expect(await session.run('./nope')).toMatchObject({
      stderr: 'bash: ./nope: No such file or directory\n',
      code: 127,
    })
  })

  it('reads Korean with read, and hands it on', async () => {
    expect(await stdout(replay(), 'echo 한글 안녕 | while read -r a b; do echo "$b $a"; done')).toBe('안녕 한글\n')
  })

  it('keeps files that are no text', async () => {
    const session = replay()
    expect(await stdout(session, 'echo secret | gzip > f.gz; cp f.gz g.gz; base64 g.gz | base64 -d | gzip -dc')).toBe(
      'secret\n',
    )
  })
})

describe('time', () => {
  it('passes in the cluster, at once', async () => {
    expect(await stdout(replay(), 'date +%T; sleep 90; date +%T')).toBe('09:00:00\n09:01:30\n')
    expect(await replay().run('time sleep 2')).toMatchObject({ stderr: expect.stringContaining('real\t0m2.000s') })
  })

  it('lets a job and the foreground share it', async () => {
    const session = replay()
    expect(await stdout(session, 'sleep 5 & wait; date +%T; sleep 99 & kill $!; jobs')).toMatch(/^09:00:05/)
    session.dispose()
  })
})

describe('errors', () => {
  it.each([
    ['foo', 'bash: foo: command not found\n', 127],
    ['cat nofile', 'cat: nofile: No such file or directory\n', 1],
    ['cat /tmp', 'cat: /tmp: Is a directory\n', 1],
    ['ls nofile', "ls: cannot access 'nofile': No such file or directory\n", 2],
    ['cd nofile', 'bash: cd: nofile: No such file or directory\n', 1],
    ['if true; then echo a', 'bash: syntax error: unexpected end of file\n', 2],
    ['echo )', "bash: syntax error near unexpected token `)'\n", 2],
    ['ssh node09 hostname', 'ssh: Could not resolve hostname node09: Name or service not known\n', 255],
    ['ssh bob@node01', 'bob@node01: Permission denied (publickey).\n', 255],
    ['vi a', "vi: there is no editor here; write the file with cat > a <<'EOF' instead\n", 1],
  ])('%s', async (line, stderr, code) => {
    expect(await replay().run(line)).toEqual({ stdout: '', stderr, code })
  })
})

describe('budgets', () => {
  it('stops a loop without an end', async () => {
    const { stderr, code } = await replay().run('while true; do :; done')
    expect([stderr, code]).toEqual(['bash: stopped: one line may run 100000 commands\n', 126])
  })

  it('stops a flood', async () => {
    const {
      stdout: text,
      stderr,
      code,
    } = await replay().run('x=$(head -c 65536 /dev/zero | tr "\\0" x); while true; do echo $x; done')
    expect(text.length).toBeLessThan(9 * 1024 * 1024)
    expect([stderr, code]).toEqual(['stopped: one line may print 8 MB\n', 130])
  })

  it('refuses a file beyond its size', async () => {
    const session = replay()
    await session.run('head -c 65536 /dev/zero > a; for i in 1 2 3 4 5; do cat a a > b; mv b a; done')
    const { stdout: size } = await session.run('wc -c < a')
    expect(Number(size)).toBeLessThanOrEqual(1024 * 1024)
  })
})

describe('other machines and containers', () => {
  it('runs a command elsewhere and brings its exit code back', async () => {
    const session = replay()
    expect(await session.run('ssh node01 "hostname; exit 4"; echo $?')).toMatchObject({ stdout: 'node01\n4\n' })
    expect(await session.run('ssh 192.168.1.4 hostname')).toMatchObject({ stdout: 'node02\n' })
    expect(await session.run('echo hostname | ssh node01')).toMatchObject({ stdout: 'node01\n' })
    expect(session.place).toEqual({ kind: 'machine', name: 'controlplane' })
  })

  it('is another user with sudo', async () => {
    const session = replay({ machine: 'laptop', user: 'learner' })
    expect(await stdout(session, 'whoami; sudo whoami; pwd; sudo pwd')).toBe(
      'learner\nroot\n/home/learner\n/home/learner\n',
    )
  })

  it('gives a container its own programs, files and words', async () => {
    const session = replay()
    await session.run('kubectl run b --image=busybox -- sleep 3600; sleep 10')
    expect(await session.run('kubectl exec b -- sh -c "hostname; foo; ls /nosuch"')).toEqual({
      stdout: 'b\n',
      stderr: 'sh: foo: not found\nls: /nosuch: No such file or directory\ncommand terminated with exit code 1\n',
      code: 1,
    })
    expect(await session.run('echo hello | kubectl exec -i b -- cat')).toMatchObject({ stdout: 'hello\n', code: 0 })
    const missing = await session.run('kubectl exec b -- curl x')
    expect(missing.stderr).toContain('exec: "curl": executable file not found in $PATH: unknown')
    expect(missing.code).toBe(1)
  })
})

describe('files that cannot be written', () => {
  it('are a command’s failure, and the line goes on', async () => {
    const session = replay()
    expect(await session.run('echo x > /none/x; echo $?; for i in 1; do echo $i >> /none/y; done; echo $?')).toEqual({
      stdout: '1\n1\n',
      stderr: 'bash: /none/x: No such file or directory\nbash: /none/y: No such file or directory\n',
      code: 0,
    })
    expect(await session.run("bash -c 'echo a; echo x > /tmp'; (sleep 1; echo b) > /none/z; echo $?")).toEqual({
      stdout: 'a\n1\n',
      stderr: 'bash: /tmp: Is a directory\nbash: /none/z: No such file or directory\n',
      code: 0,
    })
  })
})
