import { describe, expect, it } from 'vitest'
import { createCluster } from '../index.ts'
import { RunError } from '../node/runtime.ts'
import { LAPTOP, Lab, NODE01, START } from './testing/lab.ts'

/** Output of `sh -c TEXT` as a busybox container's main process, after some virtual seconds. */
function script(text: string, seconds = 1): { readonly log: string; readonly code: number | undefined } {
  const lab = new Lab()
  const container = lab.pod({ name: 'box', image: 'busybox', command: ['sh', '-c', text] })
  lab.run(seconds * 1000)
  const code = container.state.kind === 'exited' ? container.state.exitCode : undefined
  return { log: container.logs.map((line) => line.text).join('\n'), code }
}

/** Joined from two parts: the linter takes a shell's braces for a template's. */
const orNone = '$' + '{Y:-none}'

describe('main processes in a small shell', () => {
  it('expands, substitutes and branches', () => {
    expect(script(`X=a; echo "$X-${orNone}" $((2 + 3 * 4)) $(echo out; exit 3)`).log).toBe('a-none 14 out')
    expect(script('for i in 1 2 3; do if [ $i -eq 2 ]; then continue; fi; echo n$i; done').log).toBe('n1\nn3')
    expect(script('f() { echo "got $1"; return 3; }; f x || echo failed $?').log).toBe('got x\nfailed 3')
    expect(script('case nginx-1 in web*) echo web;; nginx-*) echo nginx;; esac').log).toBe('nginx')
    expect(script('cat <<END\nline $HOSTNAME\nEND').log).toBe('line box')
    expect(script('echo one > /tmp/f; echo two >> /tmp/f; wc -l < /tmp/f; cat /nosuch 2>&1').log).toBe(
      "2\ncat: can't open '/nosuch': No such file or directory",
    )
  })

  it('ends with the status of its last command, of exit, or of a missing program', () => {
    expect(script('exit 7').code).toBe(7)
    expect(script('nosuch')).toEqual({ log: 'sh: nosuch: not found', code: 127 })
    expect(script('set -e; false; echo never')).toEqual({ log: '', code: 1 })
    expect(script('echo "open')).toEqual({ log: 'sh: syntax error: unterminated quoted string', code: 2 })
  })

  it('loops in virtual time, and a loop that never waits holds nothing up', () => {
    expect(script('while true; do date +%S; sleep 1; done', 3.5).log).toBe('00\n01\n02\n03')
    const busy = script('n=0; while true; do n=$((n+1)); done', 20)
    expect(busy).toEqual({ log: '', code: undefined })
  })

  it('fails to start as runc does when the program is missing', () => {
    const lab = new Lab()
    expect(() => lab.pod({ name: 'bad', image: 'busybox', command: ['foo'] })).toThrow(RunError)
    expect(() => lab.pod({ name: 'bad', image: 'hashicorp/http-echo', command: ['sh', '-c', 'x'] })).toThrow(
      'error during container init: exec: "sh": executable file not found in $PATH',
    )
  })

  it('ends python -m http.server that is given something else than a port', () => {
    const lab = new Lab()
    const started = (...words: readonly string[]) => {
      const command = ['python3', '-m', 'http.server', ...words]
      const container = lab.pod({ name: words.join('-').slice(-4), image: 'python:3.12', command })
      lab.run(1000)
      return container
    }
    const failed = started('tcp://10.96.7.7:80')
    expect(failed.state).toMatchObject({ kind: 'exited', exitCode: 2 })
    expect(failed.logs.at(-1)?.text).toBe(
      "python3 -m http.server: error: argument port: invalid int value: 'tcp://10.96.7.7:80'",
    )
    expect(started('--bind', '0.0.0.0', '--cgi', '8001').listeners).toMatchObject([{ port: 8001 }])
  })

  it('kills a PID 1 that ignores TERM after its grace, and lets nginx go at once', () => {
    const lab = new Lab()
    const box = lab.pod({ name: 'box', image: 'busybox', command: ['sleep', '3600'] })
    const nginx = lab.pod({ name: 'nginx' })
    lab.runtime.stop(box.id, 30_000)
    lab.runtime.stop(nginx.id, 30_000)
    lab.run(1000)
    expect([box.state.kind, nginx.state]).toMatchObject([
      'running',
      { kind: 'exited', exitCode: 0, reason: 'Completed' },
    ])
    lab.run(30_000)
    expect(box.state).toMatchObject({ kind: 'exited', exitCode: 137, reason: 'Error' })
  })

  it('takes loops, servers and half-slept sleeps up again after a restore', () => {
    const before = new Lab()
    before.pod({
      name: 'loop',
      image: 'busybox',
      command: ['sh', '-c', 'for i in 1 2 3 4; do echo turn $i; sleep 10; done'],
    })
    before.pod({ name: 'web', image: 'busybox', command: ['sh', '-c', 'echo hello > /index.html; exec httpd -f -h /'] })
    before.pod({
      name: 'dots',
      image: 'busybox',
      command: ['sh', '-c', 'echo -n a; sleep 10; echo -n b; sleep 10; echo c'],
    })
    before.run(15_000)
    before.runtime.get('uid-web', 'main')?.files.write('/index.html', 'edited\n')
    const saved = JSON.parse(JSON.stringify(before.runtime.snapshot()))
    const after = new Lab()
    after.pods.push(...before.pods)
    after.run(15_000)
    after.runtime.restore(saved)
    after.run(6_000)
    const loop = after.runtime.get('uid-loop', 'main')
    expect(loop?.logs.map((line) => [line.at - START, line.text])).toEqual([
      [0, 'turn 1'],
      [10_000, 'turn 2'],
      [20_000, 'turn 3'],
    ])
    expect(after.network.fetch(NODE01, 'http://10.244.1.3').response?.body).toBe('edited\n')
    after.run(30_000)
    expect(after.runtime.get('uid-dots', 'main')?.logs.map((line) => line.text)).toEqual(['abc'])
    expect(loop?.state).toMatchObject({ kind: 'exited', exitCode: 0 })
  })
})

describe('images', () => {
  it('says what a registry says about images that do not exist', () => {
    const { runtime } = new Lab()
    const message = (image: string): string => {
      const pulled = runtime.pull(image)
      return pulled.ok ? 'pulled' : pulled.message
    }
    expect(message('nginx:1.16')).toBe('pulled')
    expect(message('redis123')).toBe(
      'failed to pull and unpack image "docker.io/library/redis123:latest": failed to resolve reference "docker.io/library/redis123:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    )
    expect(message('nginx:nosuch')).toBe(
      'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:nosuch": failed to resolve reference "docker.io/library/nginx:nosuch": docker.io/library/nginx:nosuch: not found',
    )
    expect(message('Nginx')).toContain('invalid reference format')
  })

  it('serves what the files of nginx say, with its headers, pages and log', () => {
    const lab = new Lab()
    const nginx = lab.pod({ name: 'nginx' })
    const get = (path: string, method = 'GET') =>
      lab.network.fetch(NODE01, `http://10.244.1.2${path}`, { method }).response
    expect(get('/')?.headers.map(([name]) => name)).toEqual([
      'Server',
      'Date',
      'Content-Type',
      'Content-Length',
      'Last-Modified',
      'Connection',
      'ETag',
      'Accept-Ranges',
    ])
    expect(get('/')?.headers).toContainEqual(['Content-Length', '615'])
    nginx.files.write('/usr/share/nginx/html/index.html', 'mine\n')
    expect(get('/')?.body).toBe('mine\n')
    expect(get('/nosuch')?.status).toBe(404)
    expect(get('/', 'POST')).toMatchObject({ status: 405, reason: 'Not Allowed' })
    expect(nginx.logs.at(-1)?.text).toMatch(
      /^10\.244\.1\.1 - - \[21\/Nov\/2026:00:30:00 \+0000\] "POST \/ HTTP\/1\.1" 405 \d+ "-" "-" "-"$/,
    )
  })

  it('lets nginx listen where its configuration says, and proxy to a Service', () => {
    const lab = new Lab()
    lab.pod({ name: 'back', image: 'hashicorp/http-echo', args: ['-listen=:8080', '-text=from back'] })
    const config =
      'server { listen 8081; location /a { return 200 "hi $hostname\\n"; } location / { proxy_pass http://10.244.1.2:8080; } }'
    const text = `echo '${config}' > /etc/nginx/conf.d/default.conf; exec nginx -g 'daemon off;'`
    lab.pod({ name: 'front', command: ['sh', '-c', text] })
    expect(lab.network.fetch(NODE01, 'http://10.244.1.3:8081/a').response?.body).toBe('hi front\n')
    expect(lab.network.fetch(NODE01, 'http://10.244.1.3:8081/').response?.body).toBe('from back\n')
    expect(lab.network.fetch(NODE01, 'http://10.244.1.3').outcome).toBe('refused')
  })

  it('keeps nginx to the configuration it has read, until it is told to read it again', () => {
    const before = new Lab()
    before.pod({ name: 'web', image: 'nginx' })
    const site = (text: string) => `server { listen 80; location / { return 200 "${text}\\n"; } }`
    const write = (lab: Lab, text: string) =>
      lab.runtime.get('uid-web', 'main')?.files.write('/etc/nginx/conf.d/default.conf', text)
    const body = (lab: Lab) => lab.network.fetch(NODE01, 'http://10.244.1.2').response?.body
    const reload = (lab: Lab) => lab.runtime.get('uid-web', 'main')?.run(['nginx', '-s', 'reload'])
    write(before, site('new'))
    expect(body(before)).toContain('Welcome to nginx!')
    expect(reload(before)?.exitCode).toBe(0)
    expect(body(before)).toBe('new\n')
    write(before, 'server {')
    expect(reload(before)).toMatchObject({ exitCode: 1, output: expect.stringContaining('[emerg]') })
    const after = new Lab()
    after.pods.push(...before.pods)
    after.runtime.restore(JSON.parse(JSON.stringify(before.runtime.snapshot())))
    expect([body(before), body(after)]).toEqual(['new\n', 'new\n'])
    write(after, site('newer'))
    expect(reload(after)?.exitCode).toBe(0)
    expect(body(after)).toBe('newer\n')
  })

  it('speaks TLS alone where the API server listens', () => {
    const { network } = createCluster({ seed: 'tls', startTime: Date.UTC(2026, 10, 21) })
    expect(network.fetch(NODE01, 'http://192.168.1.2:6443').response).toMatchObject({ status: 400, version: '1.0' })
    expect(network.fetch(LAPTOP, 'http://192.168.1.3:22').reply).toMatch(/^SSH-2\.0/)
  })
})
