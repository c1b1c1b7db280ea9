import { describe, expect, it } from 'vitest'
import { createTypist } from '../../testing/typist.ts'

const ROOM = { machine: 'controlplane', user: 'root', columns: 200, rows: 40 } as const
const PROMPT = 'root@controlplane:~#'

describe('at a terminal', () => {
  it('kubectl debug -it gives a shell in an ephemeral container, which ends with it', async () => {
    const { type, typeUntil, screen, cluster } = await createTypist(ROOM)
    await type('kubectl run web --image=nginx; kubectl wait --for=condition=Ready pod/web\r')
    await typeUntil('kubectl debug web -it --image=busybox -c dbg\r', '/ #')
    await typeUntil('hostname\r', 'web\n/ #')
    await type('exit\r')
    cluster.settle(10)
    await type('\rkubectl get pod web -o jsonpath="{.status.ephemeralContainerStatuses[0].state}"\r')
    expect(screen()).toContain('Session ended, the ephemeral container will not be restarted')
    expect(screen()).toContain('"terminated"')
  })

  it('kubectl attach shows what is printed until Ctrl-C', async () => {
    const { type, typeUntil, screen } = await createTypist(ROOM)
    await type('kubectl run talk --image=busybox -- sh -c "while true; do echo tick; sleep 1; done"\r')
    await type('kubectl wait --for=condition=Ready pod/talk\r')
    await typeUntil('kubectl attach talk\r', 'tick')
    await type('\u0003')
    expect(screen().split('\n').slice(-2)).toEqual(['^C', PROMPT])
  })

  it('kubectl port-forward runs until Ctrl-C', async () => {
    const { type, typeUntil, screen } = await createTypist(ROOM)
    await type('kubectl run web --image=nginx; kubectl wait --for=condition=Ready pod/web\r')
    await typeUntil('kubectl port-forward web 8080:80\r', 'Forwarding from 127.0.0.1:8080 -> 80')
    await type('\u0003')
    await type('curl -s localhost:8080; echo $?\r')
    expect(screen().split('\n').slice(-2)).toEqual(['7', PROMPT])
  })

  it('kubectl delete -i waits for an answer', async () => {
    const { type, typeUntil, screen } = await createTypist(ROOM)
    await type('kubectl create cm a\r')
    await typeUntil('kubectl delete cm a -i\r', 'Do you want to continue? (y/n):')
    await type('n\r')
    expect(screen()).toContain('Do you want to continue? (y/n): n\ndeletion is cancelled\n')
  })
})
