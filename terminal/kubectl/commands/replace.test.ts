import { expect, it } from 'vitest'
import { createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

it.each([
  [
    'replace --force',
    'kubectl replace --force -f web.yaml',
    'service "web" deleted from default namespace\nservice/web replaced\n',
  ],
  [
    'create',
    'kubectl delete -f web.yaml; kubectl create -f web.yaml',
    'service "web" deleted from default namespace\nservice/web created\n',
  ],
])('%s takes what get wrote, whose version is of no use to a new object', async (_, line, expected) => {
  const cluster = createCluster({ seed: 'replace', startTime: Date.UTC(2026, 0, 5, 9) })
  const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
  await session.run('kubectl create service clusterip web --tcp=80; kubectl get service web -o yaml > web.yaml')
  expect(await session.run(line)).toEqual({ stdout: expected, stderr: '', code: 0 })
})
