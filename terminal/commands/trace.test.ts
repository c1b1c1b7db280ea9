import { beforeAll, describe, expect, it } from 'vitest'
import { type Cluster, createCluster } from '../../emulator/index.ts'
import { createSession } from '../session.ts'
import { virtualTime } from '../time.ts'
import { ENGLISH, KOREAN, type TraceWords } from '../trace/words.ts'
import type { TerminalSession } from '../types.ts'

let cluster: Cluster
let words: TraceWords = ENGLISH
let session: TerminalSession

const run = async (line: string) => (await session.run(line)).stdout
const lastLine = (text: string) => text.trimEnd().split('\n').at(-1)

describe('trace', () => {
  beforeAll(async () => {
    cluster = createCluster({ seed: 'trace', startTime: Date.UTC(2026, 10, 21, 9, 0, 0) })
    session = createSession({
      cluster,
      time: virtualTime(cluster),
      machine: 'laptop',
      user: 'learner',
      words: () => words,
    })
    await session.run('kubectl create deployment webapp --image=nginx:1.27')
    await session.run('kubectl create service nodeport web --tcp=80:80 --node-port=30080')
    await session.run('kubectl run client --image=busybox -- sleep 3600')
    cluster.settle(30)
  })

  it('runs the command, lists the hops and ends in the cause', async () => {
    const { stdout, code } = await session.run('trace curl -sS http://192.168.1.3:30080')
    expect(code).toBe(7)
    expect(stdout).toContain('laptop → http://192.168.1.3:30080  refused')
    expect(stdout).toMatch(/✓ service\/web +Port 30080 of node01 is the node port of Service web\./)
    expect(stdout).toMatch(/✗ service\/web +refused here/)
    expect(lastLine(stdout)).toMatch(
      /^Cause: Service web selects app=web, and no Pod in namespace default has these labels\. The nearest is Pod webapp-\S+ with app=webapp/,
    )
  })

  it('follows the command into a Pod and over ssh', async () => {
    expect(await run('trace kubectl exec client -- wget -T 1 -qO- http://web')).toContain('pod/client → http://web')
    expect(await run('trace ssh node01 curl -sk https://10.96.0.1')).toContain('node01 → https://10.96.0.1')
  })

  it('follows the Pod that kubectl run makes to send a request', async () => {
    const told = await run(
      'trace kubectl run asker --rm -i --restart=Never --image=busybox -- wget -T 1 -qO- http://web',
    )
    expect(told).toContain('pod/asker → http://web  refused\n')
    expect(lastLine(told)).toMatch(/^Cause: Service web selects app=web/)
  })

  it.each([
    ['curl -s http://192.168.1.3:30081', 'laptop → http://192.168.1.3:30081  refused'],
    ['wget -qO- http://192.168.1.3:30081', 'laptop → http://192.168.1.3:30081  refused'],
    ['nc -zv 192.168.1.3 22', 'laptop → 192.168.1.3:22  answered'],
    ['nc -zv no.such.example 22', 'laptop → no.such.example  name not resolved'],
    ['ping -c 1 no.such.example', 'laptop → no.such.example  name not resolved'],
    ['telnet 192.168.1.3 81', 'laptop → 192.168.1.3:81  refused'],
    ['dig example.com', 'laptop → example.com A @127.0.0.53  answered'],
    ['nslookup example.com', 'laptop → example.com A @127.0.0.53  answered'],
    ['host example.com', 'laptop → example.com A @127.0.0.53  answered'],
    ['traceroute node01', 'laptop → 192.168.1.3  answered'],
    ['openssl s_client -connect 192.168.1.2:6443', 'Result: It agrees on TLS.'],
    ['getent hosts example.com', 'laptop → example.com  answered'],
    ['kubectl exec client -- nslookup web', 'pod/client → web.default.svc.cluster.local A @10.96.0.10  answered'],
  ])('tells the way of %s', async (line, head) => {
    expect(await run(`trace ${line} </dev/null`)).toContain(head)
  })

  it('goes through the tunnel of kubectl port-forward', async () => {
    const told = await run(
      'kubectl port-forward deployment/webapp 8080:80 >/dev/null & sleep 1; trace curl -s http://localhost:8080/none',
    )
    expect(told).toMatch(/✓ pod\/webapp-\S+ +kubectl port-forward carries the connection to port 80 of Pod webapp-/)
    expect(told.match(/Container nginx of Pod webapp-\S+ accepts the connection on port 80\./g)).toHaveLength(1)
    expect(lastLine(told)).toBe('Result: It answers 404 Not Found.')
  })

  it('tells the last request again when it stands alone', async () => {
    await session.run('curl -sS -m 1 http://10.96.0.1')
    expect(lastLine(await run('trace'))).toMatch(/^Cause: 10\.96\.0\.1 is a cluster IP\./)
  })

  it('counts what took the same way, without the probes that ran meanwhile', async () => {
    expect(await run('trace ping -c 3 192.168.1.3')).toContain('laptop → 192.168.1.3  answered (3 times)')
  })

  it('says that nothing was sent', async () => {
    expect(await session.run('trace true')).toMatchObject({ stdout: '', code: 0 })
    expect((await session.run('trace true')).stderr).toBe('This command sent no request over the network.\n')
  })

  it('speaks the language of the page', async () => {
    words = { ...KOREAN, hop: (hop) => `«${hop.code}»` }
    expect(lastLine(await run('trace curl -sS http://192.168.1.3:30080'))).toBe(
      '원인: «no-endpoints-selector-matches-nothing»',
    )
    words = ENGLISH
  })

  it('keeps the working directory and the variables of the shell', async () => {
    expect(
      await run('mkdir -p /tmp/here; cd /tmp/here; export GREETING="a b"; trace bash -c \'echo "$PWD $GREETING"\''),
    ).toBe('/tmp/here a b\n')
  })
})
