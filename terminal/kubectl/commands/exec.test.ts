/** What a real kubectl 1.33 prints for the same lines. */
import { beforeAll, expect, it } from 'vitest'
import { createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'
import type { TerminalSession } from '../../types.ts'

let session: TerminalSession

beforeAll(async () => {
  const cluster = createCluster({ seed: 'exec', startTime: Date.UTC(2026, 0, 5, 9) })
  session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
  await session.run('kubectl create deployment none --image=nginx --replicas=0; kubectl run web --image=nginx')
  await session.run('kubectl run nope --image=nginx --dry-run=client -o yaml > nope.yaml')
  await session.run("sed 's/nope/web/' nope.yaml > web.yaml; (cat web.yaml; echo ---; cat nope.yaml) > both.yaml")
  await session.run("printf 'apiVersion: v1\\nkind: Pod\\nmetadata: {name: web}\\n' > bare.yaml")
  cluster.settle(30)
})

it('runs in the pod that a file names', async () => {
  expect(await session.run('kubectl exec -f web.yaml -- hostname')).toEqual({ stdout: 'web\n', stderr: '', code: 0 })
})

it.each([
  ['-f nope.yaml -- ls', 'Error from server (NotFound): pods "nope" not found'],
  ['-f both.yaml -- ls', 'error: cannot exec into multiple objects at a time'],
  ['-f bare.yaml -- ls', 'error: pod default/web does not have any containers'],
  ['-f web.yaml', 'error: you must specify at least one command for the container'],
  ['-- ls', 'error: pod, type/name or --filename must be specified'],
  ['deploy/none --pod-running-timeout=2s -- ls', 'error: timed out waiting for the condition'],
  ['cm/kube-root-ca.crt -- ls', 'error: cannot attach to *v1.ConfigMap: selector for *v1.ConfigMap not implemented'],
  ['pod/web/nginx -- ls', 'error: arguments in resource/name form may not have more than one slash'],
])('exec %s is refused', async (line, message) => {
  expect(await session.run(`kubectl exec ${line}`)).toEqual({ stdout: '', stderr: `${message}\n`, code: 1 })
})
