import { beforeAll, describe, expect, it } from 'vitest'
import { type Replay, replay } from '../testing/replay.ts'

describe('kubectl debug', () => {
  let shell: Replay
  beforeAll(async () => {
    shell = replay('debug')
    await shell.run('kubectl run web --image=nginx --labels=app=web; kubectl wait --for=condition=Ready pod/web')
  })

  it('starts an ephemeral container beside the others', async () => {
    expect(await shell.text('kubectl debug web --image=busybox --target=web -c dbg -- sleep 100')).toBe(
      'Targeting container "web". If you don\'t see processes from this container it may be because the container runtime doesn\'t support this feature.\n',
    )
    shell.cluster.settle(20)
    expect(
      await shell.text('kubectl get pod web -o jsonpath="{.status.ephemeralContainerStatuses[0].state}"'),
    ).toContain('running')
    expect(await shell.text('kubectl exec web -c dbg -- busybox true; kubectl logs web -c dbg; echo $?')).toContain(
      '0\n',
    )
    expect(await shell.text('kubectl get pod web -o jsonpath="{.spec.ephemeralContainers[0].securityContext}"')).toBe(
      '{"capabilities":{"add":["SYS_PTRACE"]}}',
    )
  })

  it('shows the log of a container that ends before it can be attached to', async () => {
    const { stdout, stderr, code } = await shell.run('kubectl debug web -c short --attach --image=busybox -- echo hi')
    expect(stdout).toContain('hi\n')
    expect(stderr).toContain(
      `warning: couldn't attach to pod/web, falling back to streaming logs: Internal error occurred: unable to upgrade connection: container not found ("short")\n`,
    )
    expect(code).toBe(0)
  })

  it('never lets one of them change or go', async () => {
    const patch = '\'{"spec":{"ephemeralContainers":[{"name":"dbg","$patch":"delete"}]}}\''
    expect(await shell.text(`kubectl patch pod web -p ${patch}`)).toContain(
      'pod updates may not change fields other than',
    )
  })

  it('copies pods without their labels, and sees nodes', async () => {
    await shell.run('kubectl debug web --copy-to=copy --image=busybox -c dbg --set-image=web=nginx:1.24')
    const path = '{.spec.containers[*].image} {.spec.shareProcessNamespace} {.metadata.labels}'
    expect(await shell.text(`kubectl get pod copy -o jsonpath="${path}"`)).toBe('nginx:1.24 busybox true ')
    const made = await shell.text('kubectl debug node/node01 --image=busybox')
    expect(made).toMatch(
      /^Creating debugging pod node-debugger-node01-\w{5} with container debugger on node node01\.\n$/,
    )
    const name = /node-debugger-\S+/.exec(made)?.[0]
    expect(
      await shell.text(
        `kubectl get pod ${name} -o jsonpath="{.spec.hostNetwork} {.spec.nodeName} {.spec.volumes[0].hostPath.path}"`,
      ),
    ).toBe('true node01 /')
    const lasting = await shell.text('kubectl debug node/node02 --image=busybox -- sleep 100')
    shell.cluster.settle(20)
    const pod = /node-debugger-\S+/.exec(lasting)?.[0]
    expect(await shell.text(`kubectl exec ${pod} -- chroot /host sh -c 'hostname; ls -d /etc/kubernetes'`)).toBe(
      'node02\n/etc/kubernetes\n',
    )
    expect(await shell.text(`kubectl exec ${pod} -- chroot /none`)).toContain(
      "chroot: can't change root directory to '/none': No such file or directory\n",
    )
  })

  it.each([
    ['web', 'you must specify --image when not using --copy-to.'],
    ['web --image=busybox --replace', '--replace may only be used with --copy-to.'],
    ['web --copy-to=x', 'you must specify --image, --set-image or command arguments.'],
    ['web --image=busybox -t', '-i/--stdin is required for containers with -t/--tty=true'],
    ['--image=busybox', 'NAME or filename is required for debug'],
    ['web --image=busybox --profile=no', 'unknown profile: no'],
    ['svc/kubernetes --image=busybox', '"/v1, Kind=Service" not supported by debug'],
  ])('refuses %s', async (words, message) => {
    expect(await shell.text(`kubectl debug ${words}`)).toBe(`error: ${message}\n`)
  })
})
