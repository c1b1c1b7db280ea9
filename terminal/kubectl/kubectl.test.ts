import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Cluster, createCluster } from '../../emulator/index.ts'
import { createSession } from '../session.ts'
import { virtualTime } from '../time.ts'
import { SentRequests } from '../trace/requests.ts'
import { ENGLISH } from '../trace/words.ts'
import type { CommandContext, TerminalSession } from '../types.ts'
import { complete } from './complete.ts'
import { runKubectl } from './run.ts'

let cluster: Cluster
let session: TerminalSession
const run = (line: string) => session.run(line)
const out = async (line: string) => (await run(line)).stdout

function start(seed: string): void {
  cluster = createCluster({ seed, startTime: Date.UTC(2026, 0, 1) })
  session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
}

const WEB = `cat > web.yaml <<END
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports:
  - {name: http, port: 80}
END`

describe('kubectl on a cluster', () => {
  beforeEach(() => start('kubectl'))

  it('creates, shows and deletes what a file describes', async () => {
    await run(WEB)
    expect(await run('kubectl create -f web.yaml')).toEqual({ stdout: 'service/web created\n', stderr: '', code: 0 })
    expect(await out('kubectl get svc web -o jsonpath={.spec.type}')).toBe('ClusterIP')
    expect(await out('kubectl get svc,ep -o name 2>/dev/null')).toBe(
      'service/kubernetes\nservice/web\nendpoints/kubernetes\n',
    )
    expect(await out('kubectl delete -f web.yaml')).toBe('service "web" deleted from default namespace\n')
  })

  it('waits for what it deleted, not for another of the same name', async () => {
    await run('kubectl run p --image=nginx; sleep 3')
    expect(await out('kubectl delete pod/p service/kubernetes')).toBe(
      'pod "p" deleted from default namespace\nservice "kubernetes" deleted from default namespace\n',
    )
    expect(await run('kubectl get svc web')).toEqual({
      stdout: '',
      stderr: 'Error from server (NotFound): services "web" not found\n',
      code: 1,
    })
  })

  it('applies differences only, and deletes what the file no longer says', async () => {
    await run(WEB)
    expect(await out('kubectl apply -f web.yaml; kubectl apply -f web.yaml')).toBe(
      'service/web created\nservice/web unchanged\n',
    )
    await run('kubectl label svc web mine=1; kubectl patch svc web -p \'{"spec":{"sessionAffinity":"ClientIP"}}\'')
    await run('sed -i "s/name: web/name: web\\n  labels: {a: b, c: d}/; s/port: 80/port: 8080/" web.yaml')
    expect(await out('kubectl apply -f web.yaml')).toBe('service/web configured\n')
    expect(
      await out("kubectl get svc web -o jsonpath='{.metadata.labels} {.spec.ports[*].port} {.spec.sessionAffinity}'"),
    ).toBe('{"a":"b","c":"d","mine":"1"} 8080 ClientIP')
    await run('sed -i "s/a: b, //" web.yaml')
    await run('kubectl apply -f web.yaml')
    expect(await out('kubectl get svc web -o jsonpath={.metadata.labels}')).toBe('{"c":"d","mine":"1"}')
  })

  it('shows what apply would change', async () => {
    await run(WEB)
    await run('kubectl apply -f web.yaml')
    expect(await run('kubectl diff -f web.yaml')).toEqual({ stdout: '', stderr: '', code: 0 })
    await run('sed -i "s/port: 80/port: 81/" web.yaml')
    const { stdout, code } = await run('kubectl diff -f web.yaml')
    expect(stdout.split('\n').filter((l) => /^[-+] /.test(l))).toEqual([
      '-    port: 80',
      '+    port: 81',
      '-    targetPort: 80',
      '+    targetPort: 81',
    ])
    expect(code).toBe(1)
  })

  it('edits with a command, and gives up when the server goes on refusing', async () => {
    await run(`${WEB}\nkubectl create -f web.yaml`)
    expect(await out('KUBE_EDITOR="sed -i s/ClusterIP/NodePort/" kubectl edit svc web')).toBe('service/web edited\n')
    expect((await run('KUBE_EDITOR="sed -i s/nosuch/x/" kubectl edit svc web')).stderr).toBe(
      'Edit cancelled, no changes made.\n',
    )
    const refused = await run('KUBE_EDITOR="sed -i s/type:.NodePort/type:\\ Nodeport/" kubectl edit svc web')
    expect(refused.stderr).toContain('error: services "web" is invalid\n')
    expect(refused.stderr).toContain('error: Edit cancelled, no valid changes were saved.\n')
    expect(refused.code).toBe(1)
  })

  it('rolls a deployment out, back and forth', async () => {
    await run('kubectl create deployment web --image=nginx:1.24 --replicas=2')
    expect(await out('kubectl rollout status deploy/web')).toMatch(/successfully rolled out\n$/)
    await run('kubectl set image deploy/web nginx=nginx:1.25')
    cluster.settle(30)
    expect(await out('kubectl rollout history deploy/web')).toContain('1         <none>\n2         <none>\n')
    await run('kubectl rollout undo deploy/web')
    cluster.settle(30)
    expect(await out("kubectl get deploy web -o jsonpath='{.spec.template.spec.containers[0].image}'")).toBe(
      'nginx:1.24',
    )
  })

  it('waits, and says when it waited in vain', async () => {
    await run('kubectl run web --image=nginx')
    expect(await out('kubectl wait --for=condition=Ready pod/web --timeout=30s')).toBe('pod/web condition met\n')
    expect((await run('kubectl wait --for=condition=Nope pod/web --timeout=1s')).stderr).toBe(
      'error: timed out waiting for the condition on pods/web\n',
    )
    expect(await out('kubectl delete pod web --now; kubectl get pod web --ignore-not-found')).toBe(
      'pod "web" deleted from default namespace\n',
    )
  })

  it('copies into and out of a container', async () => {
    await run('kubectl run web --image=nginx; kubectl wait --for=condition=Ready pod/web; echo hello > a.txt')
    expect(await run('kubectl cp a.txt web:/tmp/a.txt')).toEqual({ stdout: '', stderr: '', code: 0 })
    expect(await out('kubectl exec web -- cat /tmp/a.txt')).toBe('hello\n')
    await run('kubectl cp web:tmp/a.txt b.txt; kubectl cp web:/tmp/a.txt c.txt')
    expect(await out('cat c.txt')).toBe('hello\n')
  })

  it('copies as tar does, and fails in its words', async () => {
    await run('kubectl run box --image=busybox -- sleep 3600; kubectl wait --for=condition=Ready pod/box')
    await run('mkdir -p dir/sub; echo a > dir/a; echo b > dir/sub/b; kubectl cp dir box:/tmp')
    expect(await out('kubectl exec box -- cat /tmp/dir/a /tmp/dir/sub/b')).toBe('a\nb\n')
    expect(await run('kubectl cp box:/tmp/dir copy; cat copy/sub/b')).toMatchObject({
      stdout: "tar: removing leading '/' from member names\nb\n",
    })
    expect(await run('kubectl cp dir/a box:/none/a')).toEqual({
      stdout: '',
      stderr:
        "tar: can't change directory to '/none': No such file or directory\ncommand terminated with exit code 1\n",
      code: 1,
    })
    await run("printf '#!/bin/sh\\necho run $1\\n' > go.sh; chmod +x go.sh; kubectl cp go.sh box:/tmp/go.sh")
    expect(await out('kubectl exec box -- /tmp/go.sh here')).toBe('run here\n')
    expect((await run('kubectl cp box:/etc/passwd .')).stderr).toBe('error: open .: is a directory\n')
    expect((await run('kubectl cp none box:/tmp/x')).stderr).toBe("error: none doesn't exist in local filesystem\n")
    const { stderr } = await run('kubectl cp box:/var/run/secrets/kubernetes.io/serviceaccount sa')
    expect(stderr).toContain('warning: skipping symlink: "sa/token" -> "..data/token"\n')
    expect(await run('kubectl cp dir/a box:/var/run/secrets/kubernetes.io/serviceaccount/x')).toMatchObject({
      stderr: "tar: can't open 'x': Read-only file system\ncommand terminated with exit code 1\n",
    })
    expect((await run('kubectl cp -n kube-system etcd-controlplane:/x x')).stderr).toContain(
      'exec: "tar": executable file not found in $PATH',
    )
  })

  it('drains a node', async () => {
    await run('kubectl create deployment web --image=nginx --replicas=2')
    cluster.settle(30)
    const { stdout, code } = await run('kubectl drain node01 --ignore-daemonsets --delete-emptydir-data --force')
    expect([code, stdout.split('\n')[0], stdout.split('\n').at(-2)]).toEqual([
      0,
      'node/node01 cordoned',
      'node/node01 drained',
    ])
    cluster.settle(30)
    expect(await out("kubectl get pods -o jsonpath='{.items[*].spec.nodeName}'")).toBe('node02 node02')
  })

  it('watches until it is interrupted', async () => {
    const stop = new AbortController()
    const printed: string[] = []
    let looks = 0
    const time = {
      now: () => cluster.now(),
      async sleep(ms: number, signal: AbortSignal) {
        signal.throwIfAborted()
        if (++looks === 2) await run('kubectl run web --image=nginx')
        if (looks === 60) stop.abort(new Error('interrupted'))
        cluster.run(ms)
      },
    }
    const context = commandContext(['kubectl', 'get', 'pods', '-w'], {
      time,
      signal: stop.signal,
      out: (text) => printed.push(text),
    })
    await expect(runKubectl(context)).rejects.toThrow('interrupted')
    expect(printed[0]).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE\nweb +0\/1 +Pending /)
    expect(printed.at(-1)).toMatch(/^web +1\/1 +Running /)
  })
})

/** What a shell would hand to kubectl, with parts of it replaced. */
function commandContext(argv: readonly string[], parts: Partial<CommandContext>): CommandContext {
  const machine = cluster.machine('controlplane')
  return {
    argv,
    env: new Map([['HOME', '/root']]),
    cwd: '/root',
    cluster,
    place: { kind: 'machine', name: 'controlplane' },
    user: 'root',
    time: virtualTime(cluster),
    signal: new AbortController().signal,
    files: {
      read: async (path) => machine?.files.read(path),
      write: async (path, text) => machine?.files.write(path, text),
      list: async (path) => machine?.files.list(path) ?? [],
      isDirectory: async (path) => machine?.files.stat(path)?.kind === 'directory',
    },
    tty: undefined,
    out: () => undefined,
    err: () => undefined,
    stdin: '',
    stdinIsTerminal: true,
    editor: undefined,
    requests: new SentRequests(cluster.network),
    words: ENGLISH,
    runLine: async () => ({ stdout: '', stderr: '', code: 0 }),
    hasProgram: () => false,
    runProgram: async () => 0,
    openShell: async () => 0,
    ...parts,
  }
}

describe('what kubectl says about mistakes', () => {
  beforeAll(() => start('mistakes'))

  it.each([
    ['kubectl gett pods', 'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget\n'],
    ['kubectl get pods --namspace=x', "error: unknown flag: --namspace\nSee 'kubectl get --help' for usage.\n"],
    ['kubectl get pods,nosuch', 'error: the server doesn\'t have a resource type "nosuch"\n'],
    [
      'kubectl get pods a/b/c',
      "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'\n",
    ],
    ['kubectl get -f nosuch.yaml', 'error: the path "nosuch.yaml" does not exist\n'],
    [
      'kubectl create svc nodeport',
      "error: exactly one NAME is required, got 0\nSee 'kubectl create service nodeport -h' for help and examples\n",
    ],
    ['kubectl create svc clusterip a --tcp=99999', 'error: strconv.ParseUint: parsing "99999": value out of range\n'],
    ['kubectl create deployment a', 'error: required flag(s) "image" not set\n'],
    [
      'kubectl run a --image=nginx --dry-run=maybe',
      'error: Invalid dry-run value (maybe). Must be "none", "server", or "client".\n',
    ],
    ['kubectl run a --image=Bad', 'error: Invalid image name "Bad": invalid reference format\n'],
    ['kubectl create foo', "error: Unexpected args: [foo]\nSee 'kubectl create -h' for help and examples\n"],
    ['kubectl create quota q --hard=cpu', 'error: Invalid argument syntax cpu, expected <resource>=<value>\n'],
    ['kubectl create job j', 'error: either --image or --from must be specified\n'],
    ['kubectl create job j --from=cronjob/none', 'Error from server (NotFound): cronjobs.batch "none" not found\n'],
    [
      'kubectl expose svc kubernetes --name=k --port=443',
      "error: couldn't retrieve selectors via --selector flag or introspection: the service has no pod selector set\n",
    ],
    ['kubectl label ns default a', 'error: at least one label update is required\n'],
    ['kubectl patch ns default -p "{" ', 'Error from server (BadRequest): unexpected end of JSON input\n'],
    [
      'kubectl --server=https://192.168.1.2:6444 get --raw /',
      'The connection to the server 192.168.1.2:6444 was refused - did you specify the right host or port?\n',
    ],
    [
      'kubectl --context=nosuch get pods',
      'Error in configuration: context was not found for specified context: nosuch\n',
    ],
    ['kubectl config use-context nosuch', 'error: no context exists with the name: "nosuch"\n'],
    ['kubectl port-forward svc/nosuch 80', 'Error from server (NotFound): services "nosuch" not found\n'],
    ['kubectl top pods', 'error: Metrics API not available\n'],
    ['kubectl get svc -o jsonpath={.items[', 'error: error parsing jsonpath {.items[, unterminated array\n'],
    [
      'kubectl get svc -o go-template={{.x',
      'error: error parsing template {{.x, template: output:1: unclosed action\n',
    ],
    [
      'printf "a: b\\n c: d\\n" | kubectl apply -f -',
      'error: error parsing STDIN: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context\n',
    ],
    [
      'printf "just text" | kubectl create -f -',
      'error: error validating "STDIN": error validating data: invalid object to validate; if you choose to ignore these errors, turn validation off with --validate=false\n',
    ],
  ])('%s', async (line, stderr) => {
    const result = await run(line)
    expect(result.stderr).toBe(stderr)
    expect(result.code).toBe(1)
  })

  it('prints the help of every command', async () => {
    const root = await out('kubectl --help')
    for (const command of root.matchAll(/^ {2}([a-z-]+) {2,}/gm)) {
      const { stdout, code } = await run(`kubectl ${command[1]} --help`)
      expect([command[1], code, stdout.includes('Usage:')]).toEqual([command[1], 0, true])
    }
  })
})

describe('completion', () => {
  beforeAll(async () => {
    start('completion')
    await run('kubectl create ns team-a; kubectl -n team-a run web --image=nginx; kubectl run here --image=nginx')
  })
  const complete1 = (line: string) => {
    const words = line.split(' ')
    return complete(words.slice(0, -1), words[words.length - 1] ?? '', commandContext([], {}))
  }

  it.each([
    ['kubectl ex', ['exec', 'explain', 'expose']],
    ['kubectl create service ', ['clusterip', 'externalname', 'loadbalancer', 'nodeport']],
    ['kubectl get servi', ['serviceaccounts', 'servicecidrs.networking.k8s.io', 'services']],
    ['kubectl get pods,dep', ['pods,deployments.apps']],
    ['kubectl get pods ', ['here']],
    ['kubectl -n team-a get po ', ['web']],
    ['kubectl get pods --namespace=team-a w', ['web']],
    ['kubectl get pod/h', ['pod/here']],
    ['kubectl logs h', ['here']],
    ['kubectl get -n te', ['team-a']],
    ['kubectl get --name', ['--namespace']],
    ['kubectl get --namespace=te', ['--namespace=team-a']],
    ['kubectl get pods -o j', ['json', 'jsonpath', 'jsonpath-as-json', 'jsonpath-file']],
    ['kubectl config use-context ', ['kubernetes-admin@kubernetes']],
    ['kubectl exec here -c ', ['here']],
    ['kubectl exec here -- l', []],
    ['kubectl nosuch ', []],
  ])('%s', async (line, expected) => {
    expect(await complete1(line)).toEqual(expected)
  })
})
