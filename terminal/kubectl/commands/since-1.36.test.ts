import { beforeAll, describe, expect, it } from 'vitest'
import { type Replay, replay } from '../testing/replay.ts'

/** What the release notes of 1.34 to 1.36 say of kubectl, where older ones differ. */
describe('kubectl 1.36', () => {
  let shell: Replay
  beforeAll(async () => {
    shell = replay('since')
    await shell.run(
      'kubectl create deploy web --image=nginx -o yaml --dry-run=client > web.yaml; kubectl apply -f web.yaml',
    )
    shell.cluster.settle(30)
  })

  it('warns when an undo passes by what apply remembers', async () => {
    await shell.run('kubectl set image deploy/web nginx=nginx:1.27; sleep 5')
    const { stdout, stderr } = await shell.run('kubectl rollout undo deploy/web')
    expect(stdout).toBe('deployment.apps/web rolled back\n')
    expect(stderr).toMatch(
      /^Warning: resource deployments\/web was previously managed with 'kubectl apply'\. Rolling back/,
    )
    await shell.run(
      'kubectl create deploy other --image=nginx; sleep 5; kubectl set image deploy/other nginx=nginx:1.27; sleep 5',
    )
    expect((await shell.run('kubectl rollout undo deploy/other')).stderr).toBe('')
  })

  it('waits for several conditions, for creation first', async () => {
    const ready = 'kubectl wait --for=condition=Available --for=create deploy/web --timeout=30s'
    expect(await shell.text(ready)).toBe('deployment.apps/web condition met\n')
    const never = 'kubectl wait --for=create --for=condition=Never deploy/web --timeout=1s'
    expect(await shell.text(never)).toBe('error: timed out waiting for the condition on deployments/web\n')
    expect(await shell.text('kubectl wait --for=create cm/never --timeout=1s')).toBe(
      'error: timed out waiting for the condition\n',
    )
  })

  it('shows what a dry run of apply would make', async () => {
    await shell.run('sed -i s/replicas:.1/replicas:\\ 4/ web.yaml')
    const line = 'kubectl apply -f web.yaml --dry-run=client'
    expect(await shell.text(`${line} -o jsonpath='{.spec.replicas} {.spec.revisionHistoryLimit}'`)).toBe('4 10')
    expect(await shell.text(line)).toBe('deployment.apps/web configured (dry run)\n')
  })

  it('says that labels were modified where some were set and some removed', async () => {
    await shell.run('kubectl label deploy web a=b')
    expect(await shell.text('kubectl label deploy web a- c=d')).toBe('deployment.apps/web modified\n')
    expect(await shell.text('kubectl label deploy web c-')).toBe('deployment.apps/web unlabeled\n')
    expect(await shell.text('kubectl label deploy web a=b=c')).toBe('error: invalid label spec: a=b=c\n')
  })

  it('waits for a container to start before it follows its logs', async () => {
    const { stdout, code } = await shell.run(
      'kubectl run once --image=busybox --restart=Never -- echo hello; sleep 0.2; kubectl logs -f once',
    )
    expect(stdout).toBe('pod/once created\nhello\n')
    expect(code).toBe(0)
  })

  it('marks the default IngressClass, and says what protocol a port speaks', async () => {
    await shell.run(
      'kubectl annotate ingressclass nginx ingressclass.kubernetes.io/is-default-class=true --overwrite; kubectl create svc clusterip s --tcp=80; kubectl patch svc s --type=json -p \'[{"op":"add","path":"/spec/ports/0/appProtocol","value":"http"}]\'',
    )
    expect(await shell.text('kubectl get ingressclass')).toContain('nginx (default)')
    expect(await shell.text('kubectl describe svc s')).toMatch(/TargetPort: +80\/TCP\nAppProtocol: +http\n/)
  })
})

describe('kubectl logs', () => {
  it('asks init containers first, and names types that have no pods', async () => {
    const shell = replay('logs')
    await shell.run(
      `printf '%s' '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"initContainers":[{"name":"i","image":"busybox","command":["echo","init"]}],"containers":[{"name":"a","image":"busybox","command":["sh","-c","echo a; sleep 100"]}]}}' > p.json; kubectl create -f p.json`,
    )
    shell.cluster.settle(30)
    expect(await shell.text('kubectl logs p --all-containers')).toBe('init\na\n')
    await shell.run('kubectl create cm c; kubectl create svc clusterip s --tcp=80')
    expect(await shell.text('kubectl logs cm/c')).toBe(
      'error: cannot get the logs from *v1.ConfigMap: selector for *v1.ConfigMap not implemented\n',
    )
    expect(await shell.text('kubectl logs svc/s --pod-running-timeout=1s')).toBe(
      'error: timed out waiting for the condition\n',
    )
    expect(await shell.text('kubectl logs p --tail=-5')).toBe('error: --tail must be greater than or equal to -1\n')
  })
})
