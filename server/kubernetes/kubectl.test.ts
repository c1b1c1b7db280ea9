import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { createClusterClock } from '../clusters/cluster-clock.ts'
import { kubeconfig } from './kubeconfig.ts'
import { serveStandalone } from './standalone.ts'

const run = promisify(execFile)

/** The oldest and the newest kubectl beside the one on PATH, or that one alone. */
function kubectls(): readonly string[] {
  try {
    const onPath = realpathSync(execFileSync('which', ['kubectl'], { encoding: 'utf8' }).trim())
    const versions = readdirSync(dirname(onPath)).filter((name) => /^kubectl\.1\.\d+$/.test(name))
    const sorted = versions.sort((a, b) => Number(a.split('.')[2]) - Number(b.split('.')[2]))
    const [oldest, newest] = [sorted[0], sorted.at(-1)]
    return oldest && newest ? [join(dirname(onPath), oldest), join(dirname(onPath), newest)] : [onPath]
  } catch {
    return []
  }
}

const found = kubectls()
if (found.length === 0) console.warn('No kubectl on PATH: the tests against a real kubectl are skipped.')

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: nginx
        image: nginx
        ports: [{containerPort: 80}]
`

describe.skipIf(found.length === 0).each(found.map((path) => [basename(path), path]))('a real %s', (_, kubectl) => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-kubectl-'))
  const config = join(folder, 'config')
  const manifest = join(folder, 'web.yaml')
  // Virtual time, moved by hand: the tests wait for nothing.
  const cluster = createCluster({ seed: 'kubectl', startTime: Date.now() })
  const clock = { ...createClusterClock(cluster), touch: () => void cluster.run(50) }
  let server: Server

  const sh = async (...args: string[]) =>
    run(kubectl, [`--kubeconfig=${config}`, `--cache-dir=${join(folder, 'cache')}`, ...args], { timeout: 20_000 })
  const out = async (...args: string[]) => (await sh(...args)).stdout
  const refused = async (...args: string[]) =>
    sh(...args).then(
      () => 'no error',
      (error: { stderr: string }) => error.stderr,
    )

  const piped = (input: string, ...args: string[]) => {
    const child = spawn(kubectl, [`--kubeconfig=${config}`, ...args])
    child.stdin.end(input)
    return text(child.stdout)
  }

  beforeAll(async () => {
    server = createServer().listen(0, '127.0.0.1')
    serveStandalone(server, cluster, clock)
    await new Promise((resolve) => server.once('listening', resolve))
    writeFileSync(config, kubeconfig(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
    writeFileSync(manifest, DEPLOYMENT)
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('reads what is there', async () => {
    expect(await out('get', 'svc')).toMatch(
      /^NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE\nkubernetes +ClusterIP +10\.96\.0\.1 +<none> +443\/TCP +\S+\n$/,
    )
    expect(await out('get', 'nodes', '-o', 'wide')).toMatch(/controlplane +Ready +control-plane .* 192\.168\.1\.2 /)
    expect(await out('api-resources')).toMatch(/services +svc +v1 +true +Service/)
    expect(await out('version')).toMatch(/Server Version: .*v1\.36\.2/)
  })

  test('applies, changes and deletes', async () => {
    expect(await out('apply', '-f', manifest)).toBe('deployment.apps/web created\n')
    expect(await out('apply', '-f', manifest)).toBe('deployment.apps/web unchanged\n')
    expect(await out('expose', 'deployment', 'web', '--port=80', '--type=NodePort')).toBe('service/web exposed\n')
    cluster.settle(30)
    const endpoints = await sh('get', 'endpoints', 'web')
    expect(endpoints.stderr).toBe(
      'Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n',
    )
    expect(endpoints.stdout).toMatch(/web +10\.244\.\d+\.\d+:80,10\.244\.\d+\.\d+:80/)
    expect(await out('scale', 'deployment', 'web', '--replicas=3')).toBe('deployment.apps/web scaled\n')
    cluster.settle(30)
    expect(await out('get', 'deployment', 'web')).toMatch(/web +3\/3 +3 +3 /)
    expect(await out('describe', 'service', 'web')).toMatch(/NodePort: +<unset> +3\d{4}\/TCP/)
    expect(await out('get', 'pods', '-l', 'app=web', '-o', 'name')).toMatch(/^(pod\/web-\w+-\w+\n){3}$/)
    expect(await out('label', 'service', 'web', 'tier=front')).toBe('service/web labeled\n')
    expect(await out('delete', 'service', 'web')).toMatch(/^service "web" deleted/)
    expect(await refused('get', 'service', 'web')).toBe('Error from server (NotFound): services "web" not found\n')
  })

  test('creates a deployment and reads its logs', async () => {
    expect(await out('create', 'deployment', 'hello', '--image=nginx')).toBe('deployment.apps/hello created\n')
    cluster.settle(30)
    expect(await out('logs', 'deploy/hello')).toContain('ready for start up')
  })

  test('is told what is wrong', async () => {
    expect(await refused('create', 'service', 'nodeport', 'x', '--tcp=80', '--node-port=80')).toContain(
      'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    )
  })

  test('watches', async () => {
    const watch = spawn(kubectl, [
      `--kubeconfig=${config}`,
      `--cache-dir=${join(folder, 'cache')}`,
      'get',
      'cm',
      '-w',
      '-o',
      'name',
    ])
    const lines = watch.stdout.setEncoding('utf8')
    const seen = (text: string) =>
      new Promise<void>((resolve, reject) => {
        let all = ''
        lines.on('data', (chunk: string) => {
          all += chunk
          if (all.includes(text)) resolve()
        })
        watch.on('exit', () => reject(new Error(`the watch ended after: ${all}`)))
      })
    const first = seen('configmap/kube-root-ca.crt')
    await first
    const second = seen('configmap/made-later')
    await out('create', 'configmap', 'made-later')
    await second
    watch.kill()
  })

  describe('into containers', () => {
    beforeAll(async () => {
      await sh('run', 'box', '--image=nginx', '--restart=Never')
      cluster.settle(30)
    })

    test('exec: outputs, exit code, standard input, what is missing', async () => {
      expect(await out('exec', 'box', '--', 'hostname')).toBe('box\n')
      const failed = await sh('exec', 'box', '--', 'sh', '-c', 'echo err >&2; exit 3').catch((error) => error)
      expect(failed).toMatchObject({ code: 3, stderr: 'err\ncommand terminated with exit code 3\n' })
      expect(await piped('typed\n', 'exec', '-i', 'box', '--', 'cat')).toBe('typed\n')
      expect(await piped('x=6\necho $((x * 7))\n', 'exec', '-i', 'box', '--', 'sh')).toBe('42\n')
      expect(await refused('exec', 'box', '--', 'nosuch')).toMatch(
        /^error: Internal error occurred: .*exec: "nosuch": executable file not found in \$PATH: unknown\n$/,
      )
    })

    test('attach: the end of standard input ends what reads it', async () => {
      await sh('run', 'reader', '--image=busybox', '--restart=Never', '-i', '--attach=false', '--', 'cat')
      cluster.settle(30)
      expect(await piped('one\ntwo\n', 'attach', '-i', 'reader')).toBe('one\ntwo\n')
      cluster.settle(30)
      expect(await out('logs', 'reader')).toBe('one\ntwo\n')
      expect(await out('get', 'pod', 'reader', '-o', 'jsonpath={.status.phase}')).toBe('Succeeded')
    })

    test('cp: there and back', async () => {
      const file = join(folder, 'index.html')
      const copy = join(folder, 'copy.html')
      writeFileSync(file, '<h1>안녕</h1>\n')
      await sh('cp', file, 'box:/usr/share/nginx/html/index.html')
      await sh('cp', 'box:/usr/share/nginx/html/index.html', copy)
      expect(readFileSync(copy, 'utf8')).toBe('<h1>안녕</h1>\n')
    })

    test('port-forward carries requests', async () => {
      const forward = spawn(kubectl, [`--kubeconfig=${config}`, 'port-forward', 'pod/box', ':80'])
      const [line] = await once(forward.stdout.setEncoding('utf8'), 'data')
      const port = /127\.0\.0\.1:(\d+) -> 80/.exec(line)?.[1]
      const answer = await fetch(`http://127.0.0.1:${port}/nothing`)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('server')).toContain('nginx')
      forward.kill()
    })

    test('logs -f ends with the container', async () => {
      await sh('run', 'talk', '--image=busybox', '--restart=Never', '--', 'sh', '-c', 'echo one; sleep 5; echo two')
      cluster.settle(3)
      const logs = spawn(kubectl, [`--kubeconfig=${config}`, 'logs', '-f', 'talk'])
      const said = text(logs.stdout)
      await once(logs.stdout, 'readable')
      cluster.settle(20)
      expect(await said).toBe('one\ntwo\n')
    })

    test('through the API server: proxy and raw paths', async () => {
      expect(await out('get', '--raw', '/readyz')).toBe('ok')
      expect(await out('get', '--raw', '/api/v1/namespaces/default/pods/box/proxy/')).toContain('<h1>안녕</h1>')
    })
  })
})
