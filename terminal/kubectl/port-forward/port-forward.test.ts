import { beforeAll, describe, expect, it } from 'vitest'
import { type Replay, replay } from '../testing/replay.ts'

describe('kubectl port-forward', () => {
  let shell: Replay
  beforeAll(async () => {
    shell = replay('forward')
    await shell.run(
      'kubectl create deployment web --image=nginx --port=80; kubectl expose deployment web --port=8000 --target-port=80',
    )
    await shell.run('kubectl wait --for=condition=Available deployment/web')
  })

  it('leads from a port of the machine into a pod until it is stopped', async () => {
    const line = 'kubectl port-forward svc/web 8080:8000 & sleep 1; curl -s localhost:8080 | head -1; kill %1; sleep 1'
    expect(await shell.text(line)).toContain(
      'Forwarding from 127.0.0.1:8080 -> 80\nHandling connection for 8080\n<!DOCTYPE html>\n',
    )
    expect((await shell.run('curl -s localhost:8080')).code).toBe(7)
  })

  it('ends when nobody listens in the pod', async () => {
    const text = await shell.text(
      'kubectl port-forward deploy/web 8081:81 & sleep 1; curl -s localhost:8081; echo $?; sleep 1',
    )
    expect(text).toContain('52\n')
    expect(text).toContain('an error occurred forwarding 8081 -> 81: error forwarding port 81 to pod')
    expect(text).toContain('error: lost connection to pod\n')
  })

  it.each([
    ['svc/web 81', 'error: Service web does not have a service port 81'],
    ['svc/web http', "error: Service 'web' does not have a named port 'http'"],
    ['deploy/web http', "does not have a named port 'http'"],
    ['deploy/web x:80', `error: error parsing local port 'x': strconv.ParseUint: parsing "x": invalid syntax`],
    ['deploy/web 80:0', 'error: remote port must be > 0'],
    ['deploy/web 1:2:3', "error: invalid port format '1:2:3'"],
    ['deploy/web 80 --address=here', 'error: here is not a valid IP'],
    ['deploy/web 22:80', 'error: unable to listen on any of the requested ports: [{22 80}]'],
    ['svc/kubernetes 443', "invalid service 'kubernetes': Service is defined without a selector"],
    ['cm/kube-root-ca.crt 80', 'error: cannot attach to *v1.ConfigMap: selector for *v1.ConfigMap not implemented'],
    ['web', 'error: TYPE/NAME and list of ports are required for port-forward'],
  ])('refuses %s', async (words, message) => {
    const { stderr, code } = await shell.run(`kubectl port-forward ${words}`)
    expect(stderr).toContain(message)
    expect(code).toBe(1)
  })

  it('and kubectl proxy passes requests on to the API server', async () => {
    const line =
      'kubectl proxy & sleep 1; curl -s localhost:8001/api/v1/namespaces/default/services/web | grep -c \'"port": 8000\'; curl -s localhost:8001/api/v1/namespaces/x/pods/y/exec; kill %%'
    expect(await shell.text(line)).toContain('Starting to serve on 127.0.0.1:8001\n1\n<h3>Unauthorized</h3>')
    expect(await shell.text('kubectl proxy --port=22')).toBe(
      'error: listen tcp 127.0.0.1:22: bind: address already in use\n',
    )
  })
})
