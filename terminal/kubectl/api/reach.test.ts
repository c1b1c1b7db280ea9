import { describe, expect, it } from 'vitest'
import { type Replay, replay } from '../testing/replay.ts'

const REFUSED = (server: string) =>
  `The connection to the server ${server} was refused - did you specify the right host or port?\n`
/** Lines of kubectl's own log, without time and process. */
const logged = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => /^[EI]\d{4} [\d:.]+ +\d+ (.*)$/.exec(line)?.[1] ?? [])
const elsewhere = (shell: Replay, words: string) => shell.run(`kubectl -s http://127.0.0.1:4199 ${words}`)

describe('a server that refuses the connection', () => {
  it.each([
    ['get pods', 5],
    ['get pods,svc,deploy', 7],
    ['get pod/x svc/y', 4],
    ['describe pods', 5],
    ['logs x', 4],
    ['cordon x', 4],
    ['explain pods', 2],
    ['taint node x a=b:NoSchedule', 2],
    ['create role r --verb=get --resource=pods', 2],
    ['run x --image=y', 1],
    ['events', 0],
    ['create ns x', 0],
    ['top node', 0],
  ])('%s: what the lookup of types says %d times', async (words, times) => {
    const { stderr, code } = await elsewhere(replay('refused'), words)
    const why = 'Get \\"http://127.0.0.1:4199/api?timeout=32s\\": dial tcp 127.0.0.1:4199: connect: connection refused'
    const line = `memcache.go:265] "Unhandled Error" err="couldn't get current server API group list: ${why}"`
    expect(logged(stderr)).toEqual(Array.from({ length: times }, () => line))
    expect(stderr.endsWith(REFUSED('127.0.0.1:4199'))).toBe(true)
    expect(code).toBe(1)
  })

  it('is told of by each command in its own words', async () => {
    const shell = replay('refused-words')
    const dial = 'dial tcp 127.0.0.1:4199: connect: connection refused'
    const created = await elsewhere(shell, 'create deploy x --image=y')
    expect(created.stderr).toBe(
      `error: failed to create deployment: Post "http://127.0.0.1:4199/apis/apps/v1/namespaces/default/deployments?fieldManager=kubectl-create&fieldValidation=Strict": ${dial}\n`,
    )
    const version = await elsewhere(shell, 'version')
    expect(version.stdout).toBe('Client Version: v1.36.2\nKustomize Version: v5.8.1\n')
    expect((await elsewhere(shell, 'api-resources')).stdout).toBe(
      'NAME   SHORTNAMES   APIVERSION   NAMESPACED   KIND\n',
    )
    await shell.run("echo '{apiVersion: v1, kind: Pod, metadata: {name: x}}' > pod.yaml")
    expect((await elsewhere(shell, 'apply -f pod.yaml')).stderr).toBe(
      `error: error validating "pod.yaml": error validating data: failed to download openapi: Get "http://127.0.0.1:4199/openapi/v2?timeout=32s": ${dial}; if you choose to ignore these errors, turn validation off with --validate=false\n`,
    )
    expect((await elsewhere(shell, 'delete -f pod.yaml')).stderr).toContain(
      `error: unable to recognize "pod.yaml": Get "http://127.0.0.1:4199/api?timeout=32s": ${dial}\n`,
    )
  })

  it('is told of in one line where its types are known from before', async () => {
    const shell = replay('known')
    await shell.run('kubectl get pods')
    shell.cluster.machine('controlplane')?.files.remove('/etc/kubernetes/manifests/kube-apiserver.yaml')
    shell.cluster.run(60_000)
    expect(await shell.text('kubectl get pods')).toBe(REFUSED('192.168.1.2:6443'))
  })
})

describe('a server that is elsewhere', () => {
  it.each([
    ['https://nosuch:6443', 'dial tcp: lookup nosuch on 127.0.0.53:53: no such host'],
    ['https://192.168.1.9:6443', 'dial tcp 192.168.1.9:6443: connect: no route to host'],
    ['https://10.9.9.9:6443', 'dial tcp 10.9.9.9:6443: i/o timeout'],
    ['foo://10.9.9.9', 'unsupported protocol scheme "foo"'],
  ])('%s', async (server, why) => {
    expect(await replay('elsewhere').text(`kubectl -s ${server} get --raw /`)).toBe(
      `Unable to connect to the server: ${why}\n`,
    )
  })

  it('answers through the Service of the API server', async () => {
    expect(await replay('service').text('kubectl -s https://10.96.0.1 get pods')).toContain('No resources found')
  })

  it('is given up after --request-timeout', async () => {
    const shell = replay('late')
    const before = shell.cluster.now()
    expect(await shell.text('kubectl -s https://10.9.9.9 get --raw / --request-timeout=2')).toContain(
      'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)\n',
    )
    expect(shell.cluster.now() - before).toBeLessThan(3000)
  })
})

describe('--request-timeout', () => {
  it('ends watches in silence and followed logs with an error', async () => {
    const shell = replay('timeout')
    await shell.run('kubectl run web --image=nginx; kubectl wait --for=condition=Ready pod/web')
    expect((await shell.run('kubectl get pods -w --request-timeout=2s')).code).toBe(0)
    const logs = await shell.run('kubectl logs -f web --request-timeout=2s')
    expect(logs.stderr).toBe(
      'error: net/http: request canceled (Client.Timeout or context cancellation while reading body)\n',
    )
    expect(logs.code).toBe(1)
  })

  it.each(['xx', '-1', '1m1'])('%s is none', async (value) => {
    expect(await replay('wrong').text(`kubectl get pods --request-timeout=${value}`)).toContain(
      'error: Invalid timeout value.',
    )
  })
})

describe('-v', () => {
  it('shows requests from 6 on, headers from 7 on, bodies from 8 on', async () => {
    const shell = replay('verbose')
    await shell.run('kubectl get pods')
    const at = async (level: number) => (await shell.run(`kubectl get ns default -v=${level}`)).stderr
    const url = 'url="https://192.168.1.2:6443/api/v1/namespaces/default"'
    expect(await at(5)).toBe('')
    expect(logged(await at(6))).toEqual([
      'loader.go:402] Config loaded from file:  /root/.kube/config',
      expect.stringMatching(/^round_trippers.go:632\] "Response" verb="GET" .* status="200 OK" milliseconds=\d+$/),
    ])
    expect(await at(7)).toContain(`round_trippers.go:527] "Request" verb="GET" ${url} headers=<\n\tAccept: `)
    expect(await at(8)).toContain('helper.go:105] "Response Body" body=<\n\t{"kind":"Table"')
    expect(await at(9)).toContain('curl -v -XGET  -H "Accept: ')
    expect(await shell.text('kubectl get pod x -v=4')).toMatch(/helpers.go:246\] server response object: %s\[\{/)
  })
})
