import { beforeEach, describe, expect, it } from 'vitest'
import { type Cluster, createCluster, restoreCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

let cluster: Cluster
const sessionOf = (of: Cluster) =>
  createSession({ cluster: of, time: virtualTime(of), machine: 'controlplane', user: 'root' })
const run = (line: string) => sessionOf(cluster).run(line)

describe('roles and who has them', () => {
  beforeEach(() => {
    cluster = createCluster({ seed: 'rbac', startTime: Date.UTC(2026, 0, 1) })
  })

  it('lets a user do what a bound role says, there and nowhere else', async () => {
    await run('kubectl create role reader --verb=get,list --resource=services,deployments.apps')
    await run('kubectl create rolebinding readers --role=reader --user=kim')
    expect((await run('kubectl get services -o name --as kim')).stdout).toBe('service/kubernetes\n')
    expect(await run('kubectl get services --as kim -n kube-system')).toEqual({
      stdout: '',
      stderr:
        'Error from server (Forbidden): services is forbidden: User "kim" cannot list resource "services" in API group "" in the namespace "kube-system"\n',
      code: 1,
    })
    expect((await run('kubectl delete service kubernetes --as kim')).stderr).toContain(
      'services "kubernetes" is forbidden: User "kim" cannot delete resource "services"',
    )
  })

  it('survives a snapshot', async () => {
    await run('kubectl create rolebinding viewers --clusterrole=view --group=guests')
    cluster = restoreCluster(JSON.parse(JSON.stringify(cluster.snapshot())))
    expect((await run('kubectl auth can-i list pods --as kim --as-group guests')).stdout).toBe('yes\n')
    expect((await run('kubectl auth can-i list secrets --as kim --as-group guests')).stdout).toBe('no\n')
    expect(await run('kubectl auth can-i list pods --as kim -q')).toEqual({ stdout: '', stderr: '', code: 1 })
  })

  it('knows service accounts and their groups', async () => {
    await run('kubectl create clusterrolebinding all --clusterrole=view --group=system:serviceaccounts:default')
    expect((await run('kubectl auth can-i get pods --as system:serviceaccount:default:default -A')).stdout).toBe(
      'yes\n',
    )
    expect((await run('kubectl auth can-i get pods --as system:serviceaccount:kube-system:coredns')).code).toBe(1)
  })

  it('lets nobody impersonate who may not', async () => {
    const { status, body } = cluster.request({
      method: 'GET',
      path: '/api/v1/pods',
      user: { name: 'kim', groups: ['system:authenticated'] },
      headers: { 'impersonate-user': 'lee' },
    })
    expect(status).toBe(403)
    expect(body).toMatchObject({
      message:
        'users "lee" is forbidden: User "kim" cannot impersonate resource "users" in API group "" at the cluster scope',
    })
  })

  it('names a role that a binding gives and that is not there', async () => {
    await run('kubectl create rolebinding b --role=gone --user=kim')
    expect((await run('kubectl get pods --as kim')).stderr).toContain(
      'in the namespace "default": RBAC: role.rbac.authorization.k8s.io "gone" not found',
    )
  })

  it('lists rules, a resource a line, and says who asks', async () => {
    await run('kubectl create role reader --verb=list --verb=get --resource=pods,pods/log')
    await run('kubectl create rolebinding readers --role=reader --user=kim')
    const lines = (await run('kubectl auth can-i --list --as kim')).stdout.split('\n')
    expect(lines[0]).toMatch(/^Resources +Non-Resource URLs +Resource Names +Verbs$/)
    expect(lines.filter((line) => line.startsWith('pods')).map((line) => line.replace(/ +/g, ' '))).toEqual([
      'pods/log [] [] [list get]',
      'pods [] [] [list get]',
    ])
    expect((await run('kubectl auth whoami --as kim')).stdout).toContain('[system:authenticated]')
  })

  it('refuses another role in a binding, and wrong rules', async () => {
    await run('kubectl create clusterrolebinding b --clusterrole=view --user=kim')
    const changed = await run(
      `kubectl patch clusterrolebinding b -p '{"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"edit"}}'`,
    )
    expect(changed.stderr).toContain('cannot change roleRef')
    expect((await run('kubectl create role r --verb=get --resource=a --resource=b --resource-name=x')).stderr).toBe(
      'the server doesn\'t have a resource type "a"\n',
    )
    expect((await run('kubectl create rolebinding b --user=kim')).stderr).toBe(
      'error: exactly one of clusterrole or role must be specified\n',
    )
  })
})
