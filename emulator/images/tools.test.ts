import { describe, expect, it } from 'vitest'
import type { Place } from '../network/types.ts'
import { MACHINE_PROGRAMS } from '../node/programs/index.ts'
import { LAPTOP, Lab, NODE01 } from './testing/lab.ts'

interface Ended {
  readonly out: string
  readonly err: string
  readonly code: number
  readonly seconds: number
}

/** Runs a machine's network tool to its end; waits move the lab's time. */
function run(lab: Lab, place: Place, line: string): Ended {
  const argv = line.split(' ')
  const program = MACHINE_PROGRAMS.get(argv[0] ?? '')
  if (program === undefined) throw new Error(`no program ${argv[0]}`)
  let out = ''
  let err = ''
  const started = lab.scheduler.now()
  const running = program.run({
    argv,
    env: new Map(),
    cwd: '/root',
    stdin: '',
    place,
    hostname: place.name,
    network: lab.network,
    terminal: undefined,
    now: () => lab.scheduler.now(),
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
  })
  const files = lab.machine(place.name).files
  for (let input: string | undefined; ; ) {
    const next = running.next(input)
    if (next.done === true)
      return { out, err, code: next.value, seconds: Math.round((lab.scheduler.now() - started) / 1000) }
    const wait = next.value
    input = wait.kind === 'read' ? files.read(wait.path) : undefined
    if (wait.kind === 'sleep') lab.run(wait.ms)
    if (wait.kind === 'write') files.write(wait.path, wait.content)
  }
}

function withWeb(): Lab {
  const lab = new Lab()
  lab.clusterDns()
  lab.pod({ name: 'web', labels: { app: 'web' } })
  const ports = [{ port: 80, nodePort: 30080 }]
  lab.service('web', { type: 'NodePort', clusterIP: '10.96.3.1', selector: { app: 'web' }, ports })
  return lab
}

describe('curl', () => {
  it('prints bodies, heads and what -w asks for', () => {
    const lab = withWeb()
    expect(run(lab, LAPTOP, 'curl -s http://192.168.1.2:30080').out).toContain('<h1>Welcome to nginx!</h1>')
    expect(run(lab, LAPTOP, 'curl -sI 192.168.1.2:30080').out).toMatch(/^HTTP\/1\.1 200 OK\r\nServer: nginx\//)
    expect(run(lab, LAPTOP, 'curl -s -o /dev/null -w %{http_code}\\n http://192.168.1.2:30080/x').out).toBe('404\n')
    expect(run(lab, LAPTOP, 'curl -s -o page.html http://node01:30080')).toMatchObject({ out: '', code: 0 })
    expect(lab.machine('laptop').files.read('page.html')).toContain('nginx.org')
  })

  it('ends with the code and the words of each failure', () => {
    const lab = withWeb()
    const fails = (words: string, place: Place = LAPTOP) => {
      const { err, code, seconds } = run(lab, place, `curl -sS ${words}`)
      return [err.replace(/after \d+ (ms|milliseconds)/, 'after N $1'), code, seconds]
    }
    const refused = "curl: (7) Failed to connect to 192.168.1.2 port 80 after N ms: Couldn't connect to server\n"
    expect(fails('http://192.168.1.2')).toEqual([refused, 7, 0])
    expect(fails('-m 2 http://10.244.1.3')).toEqual(['curl: (28) Connection timed out after N milliseconds\n', 28, 2])
    expect(fails('--connect-timeout 1 http://10.244.1.3')).toEqual([
      'curl: (28) Failed to connect to 10.244.1.3 port 80 after N ms: Timeout was reached\n',
      28,
      1,
    ])
    expect(fails('http://10.96.3.1')).toEqual([
      "curl: (28) Failed to connect to 10.96.3.1 port 80 after N ms: Couldn't connect to server\n",
      28,
      131,
    ])
    expect(fails('http://192.168.1.2.:30080')).toEqual(['curl: (6) Could not resolve host: 192.168.1.2.\n', 6, 0])
    expect(fails('http://192.168.1.2:abc')).toEqual(['curl: (3) URL using bad/illegal format or missing URL\n', 3, 0])
    expect(fails('https://192.168.1.2:30080')[1]).toBe(35)
    expect(fails('http://192.168.1.2:22')).toEqual(['curl: (1) Received HTTP/0.9 when not allowed\n', 1, 0])
    expect(fails('-f http://192.168.1.2:30080/x')).toEqual([
      'curl: (22) The requested URL returned error: 404\n',
      22,
      0,
    ])
    expect(fails('--nosuch')[0]).toMatch(/^curl: option --nosuch: is unknown\n/)
  })

  it('talks with -v', () => {
    const { err } = run(withWeb(), LAPTOP, 'curl -sv http://192.168.1.2:30080/')
    expect(err).toMatch(
      /^\* {3}Trying 192\.168\.1\.2:30080\.\.\.\n\* Connected to 192\.168\.1\.2 \(192\.168\.1\.2\) port 30080 \(#0\)\n> GET \/ HTTP\/1\.1\n> Host: 192\.168\.1\.2:30080\n> User-Agent: curl\/7\.88\.1\n> Accept: \*\/\*\n> \n< HTTP\/1\.1 200 OK\n/,
    )
  })
})

describe('the other tools', () => {
  it('ping counts, and a cluster IP stays silent', () => {
    const lab = withWeb()
    expect(run(lab, LAPTOP, 'ping -c 2 node01')).toMatchObject({ code: 0, seconds: 1 })
    expect(run(lab, LAPTOP, 'ping -c 1 node01').out).toMatch(
      /^PING node01 \(192\.168\.1\.3\) 56\(84\) bytes of data\.\n64 bytes from node01 \(192\.168\.1\.3\): icmp_seq=1 ttl=64 time=0\.\d{3} ms\n\n--- node01 ping statistics ---\n1 packets transmitted, 1 received, 0% packet loss/,
    )
    const silent = run(lab, NODE01, 'ping -c 1 -W 1 10.96.3.1')
    expect(silent).toMatchObject({ code: 1, seconds: 1 })
    expect(silent.out).toContain('1 packets transmitted, 0 received, 100% packet loss')
    expect(run(lab, LAPTOP, 'ping -c 1 nosuch.example')).toMatchObject({
      err: 'ping: nosuch.example: Name or service not known\n',
      code: 2,
    })
  })

  it('dig and nslookup ask the server that they are given', () => {
    const lab = withWeb()
    expect(run(lab, NODE01, 'dig +short @10.96.0.10 web.default.svc.cluster.local').out).toBe('10.96.3.1\n')
    expect(run(lab, NODE01, 'dig @10.96.0.10 web.default.svc.cluster.local').out).toContain(
      ';; ANSWER SECTION:\nweb.default.svc.cluster.local. 30 IN\tA\t10.96.3.1\n',
    )
    expect(run(lab, NODE01, 'dig +tcp @8.8.8.8 example.com').out).toContain('#53(8.8.8.8) (TCP)')
    expect(run(lab, LAPTOP, 'dig +tcp +tries=1 +time=1 @10.96.0.10 web').out).toContain(
      ';; Connection to 10.96.0.10#53(10.96.0.10) for web failed: timed out.',
    )
    expect(run(lab, LAPTOP, 'dig +tries=1 +time=1 @10.96.0.10 web')).toMatchObject({ code: 9, seconds: 1 })
    expect(run(lab, NODE01, 'nslookup web.default.svc.cluster.local 10.96.0.10').out).toBe(
      'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\nName:\tweb.default.svc.cluster.local\nAddress: 10.96.3.1\n\n',
    )
  })

  it('wget and nc say what GNU and OpenBSD say', () => {
    const lab = withWeb()
    expect(run(lab, LAPTOP, 'wget -qO- http://192.168.1.2:30080').out).toContain('Welcome')
    expect(run(lab, LAPTOP, 'wget http://192.168.1.2')).toMatchObject({ code: 4 })
    expect(run(lab, LAPTOP, 'wget http://192.168.1.2').err).toContain(
      'Connecting to 192.168.1.2:80... failed: Connection refused.\n',
    )
    expect(run(lab, LAPTOP, 'nc -zv 192.168.1.2 30080').err).toBe(
      'Connection to 192.168.1.2 30080 port [tcp/*] succeeded!\n',
    )
    expect(run(lab, LAPTOP, 'nc -zv 192.168.1.2 80').err).toBe(
      'nc: connect to 192.168.1.2 port 80 (tcp) failed: Connection refused\n',
    )
  })
})
