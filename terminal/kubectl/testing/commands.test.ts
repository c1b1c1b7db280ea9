import { beforeAll, describe, expect, it } from 'vitest'
import { type Replay, replay } from './replay.ts'

const CONFIGS = `cat > two.yaml <<END
apiVersion: v1
kind: ConfigMap
metadata: {name: a, labels: {app: x}}
data: {k: v}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: b, labels: {app: x}}
END
head -4 two.yaml > one.yaml`

describe('kubectl apply', () => {
  it('prunes what it made and no longer finds', async () => {
    const shell = replay('prune')
    await shell.run(`${CONFIGS}; kubectl apply -f two.yaml`)
    const line = 'kubectl apply -f one.yaml --prune -l app=x 2>/dev/null'
    expect(await shell.text(`${line} --dry-run=server`)).toContain('configmap/b pruned (server dry run)\n')
    expect(await shell.text(line)).toBe('configmap/a unchanged\nconfigmap/b pruned\n')
    expect(await shell.text('kubectl get cm b')).toBe('Error from server (NotFound): configmaps "b" not found\n')
    expect(await shell.text('kubectl apply -f one.yaml --prune')).toContain('without explicitly passing --all')
  })

  it('edits and sets what it applied last', async () => {
    const shell = replay('last-applied')
    await shell.run(`${CONFIGS}; kubectl create -f one.yaml`)
    expect(await shell.text('kubectl apply set-last-applied -f one.yaml')).toContain(
      'run the command with --create-annotation',
    )
    expect(await shell.text('kubectl apply set-last-applied -f one.yaml --create-annotation')).toBe(
      'configmap/a configured\n',
    )
    expect(await shell.text('kubectl apply set-last-applied -f one.yaml')).toBe(
      'set-last-applied a: no changes required.\n',
    )
    expect(await shell.text('KUBE_EDITOR="sed -i s/k:.v/k:\\ w/" kubectl apply edit-last-applied cm/a')).toBe(
      'configmap/a edited\n',
    )
    expect(await shell.text('kubectl apply view-last-applied cm a')).toContain('k: w\n')
    expect(await shell.text('kubectl get cm a -o jsonpath={.data.k}')).toBe('v')
  })
})

describe('kubectl edit', () => {
  let shell: Replay
  beforeAll(async () => {
    shell = replay('edit')
    await shell.run(`${CONFIGS}; kubectl create -f two.yaml`)
  })

  it.each([
    ['true', 'cm/a', 'Edit cancelled, no changes made.\n', 0],
    ['nosuch', 'cm/a', 'error: unable to launch the editor "nosuch"\n', 1],
    ['false', 'cm/a', 'error: there was a problem with the editor "false"\n', 1],
    ['sed -i s/name:.a/name:\\ z/', 'cm/a', 'error: At least one of apiVersion, kind and name was changed\n', 1],
    ['sed -i s/kind:/kin:/', 'cm/a', 'error: Edit cancelled, no valid changes were saved.\n', 1],
  ])('with %s of %s', async (editor, what, message, code) => {
    const result = await shell.run(`KUBE_EDITOR="${editor}" kubectl edit ${what}`)
    expect(result.stderr).toContain(message)
    expect(result.code).toBe(code)
  })

  it('opens several objects as one list', async () => {
    expect(await shell.text('KUBE_EDITOR="sed -i s/k:.v/k:\\ w/" kubectl edit cm a b')).toContain(
      'configmap/a edited\n',
    )
    expect(await shell.text('kubectl get cm a -o jsonpath={.data.k}')).toBe('w')
  })
})

describe('kubectl create', () => {
  it.each([
    ['quota q --hard=cpu', 'Invalid argument syntax cpu, expected <resource>=<value>'],
    ['quota q --scopes=,', 'invalid resource quota scope ""'],
    ['pdb p --min-available=1', 'a selector must be specified'],
    ['pdb p --selector=a=b', 'one of min-available or max-unavailable must be specified'],
    ['pdb p --selector=a=b --min-available=x', 'invalid format specified for min-available'],
    ['token t --duration=-1s', '--duration must be greater than or equal to 0'],
    ['token t --bound-object-kind=Foo', 'supported --bound-object-kind values are Node, Pod, Secret'],
    ['token t --bound-object-name=x', '--bound-object-name can only be set if --bound-object-kind is provided'],
  ])('%s', async (words, message) => {
    expect(await replay('create').text(`kubectl create ${words}`)).toBe(`error: ${message}\n`)
  })

  it('needs no server for a dry run', async () => {
    const line =
      'kubectl -s https://10.9.9.9 create pdb p --selector=a=b --min-available=50% --dry-run=client -o jsonpath={.spec}'
    expect(await replay('dry').text(line)).toBe('{"minAvailable":"50%","selector":{"matchLabels":{"a":"b"}}}')
  })
})

describe('kubectl run -i', () => {
  it.each([
    ['hi', 'cat', 'hi\n'],
    ['hi', "sh -c 'cat > /tmp/f; wc -c /tmp/f'", '3 /tmp/f\n'],
    ['echo $((6 * 7))', 'sh', '42\n'],
  ])('sends %s to %s', async (input, command, answer) => {
    const line = `echo '${input}' | kubectl run x -i --rm -q --restart=Never --image=busybox -- ${command}`
    expect((await replay('run').run(line)).stdout).toBe(answer)
  })

  it('leaves what takes input more than once to wait for more', async () => {
    const shell = replay('run')
    await shell.run('kubectl run x -i --leave-stdin-open --attach=false --image=busybox -- cat; sleep 5')
    await shell.run('echo one | timeout 2 kubectl attach -i x; echo two | timeout 2 kubectl attach -i x')
    expect(await shell.text('kubectl logs x; kubectl get pod x -o jsonpath={.status.phase}')).toBe('one\ntwo\nRunning')
  })
})

describe('kubectl', () => {
  let shell: Replay
  beforeAll(() => {
    shell = replay('kubectl')
  })

  it('asks before it deletes, if told to', async () => {
    await shell.run('kubectl create cm a')
    const asked = 'You are about to delete the following 1 resource(s):\nconfigmap/a\nDo you want to continue? (y/n): '
    expect(await shell.text('echo n | kubectl delete cm a -i')).toBe(`${asked}deletion is cancelled\n`)
    expect(await shell.text('echo y | kubectl delete cm a -i')).toContain('configmap "a" deleted')
  })

  it('runs programs on PATH as plugins', async () => {
    expect(await shell.text('kubectl plugin list')).toBe('error: unable to find any kubectl plugins in your PATH\n')
    await shell.run('mkdir -p ~/bin; export PATH=$PATH:~/bin; echo "echo plugin \\$1 \\$#" > ~/bin/kubectl-foo-bar')
    expect(await shell.text('kubectl plugin list')).toContain(
      'but it is not executable\nerror: one plugin warning was found\n',
    )
    await shell.run('chmod +x ~/bin/kubectl-foo-bar')
    expect(await shell.text('kubectl foo bar "a b" c')).toBe('plugin a b 2\n')
  })

  it('prints completion code that this shell takes', async () => {
    const line = 'source <(kubectl completion bash) && complete -o default -F __start_kubectl k; echo $?'
    expect(await shell.text(line)).toBe('0\n')
    expect(await shell.text('kubectl __complete get poddis')).toContain('poddisruptionbudgets')
    expect(await shell.text('kubectl completion tcsh')).toContain('error: Unsupported shell type "tcsh".\n')
  })

  it('reconciles permissions', async () => {
    const role = (verbs: string) =>
      `printf 'apiVersion: rbac.authorization.k8s.io/v1\\nkind: Role\\nmetadata: {name: r}\\nrules: [{apiGroups: [""], resources: [pods], verbs: [${verbs}]}]\\n' > role.yaml; kubectl auth reconcile -f role.yaml --remove-extra-permissions`
    const made = 'role.rbac.authorization.k8s.io/r reconciled\n'
    const rule = (verb: string) =>
      `\t\t{Verbs:[${verb}] APIGroups:[] Resources:[pods] ResourceNames:[] NonResourceURLs:[]}\n`
    expect(await shell.text(role('get'))).toBe(
      `${made}\treconciliation required create\n\tmissing rules added:\n${rule('get')}`,
    )
    expect(await shell.text(role('get'))).toBe(made)
    expect(await shell.text(role('list'))).toBe(
      `${made}\treconciliation required update\n\tmissing rules added:\n${rule('list')}\textra rules removed:\n${rule('get')}`,
    )
  })

  it('adds subjects to bindings', async () => {
    await shell.run('kubectl create rolebinding b --role=r --user=kim')
    expect(await shell.text('kubectl set subject rolebinding b --user=lee')).toBe(
      'rolebinding.rbac.authorization.k8s.io/b subjects updated\n',
    )
    expect(await shell.text('kubectl get rolebinding b -o jsonpath={.subjects[*].name}')).toBe('kim lee')
    expect(await shell.text('kubectl set subject ns default --user=a')).toBe(
      'error: namespaces/default setting subjects is only supported for RoleBinding/ClusterRoleBinding\n',
    )
  })

  it('dumps the state of a cluster', async () => {
    expect(await shell.text('kubectl cluster-info dump --output-directory=/tmp/dump')).toBe(
      'Cluster info dumped to /tmp/dump\n',
    )
    expect(await shell.text('ls /tmp/dump/kube-system | grep -c json')).toBe('7\n')
  })
})
