import { expect, it } from 'vitest'
import type { Pod } from '../generated/types.ts'
import { paths, podManifest, testCluster } from '../testing/test-cluster.ts'

const log = ({ cluster }: ReturnType<typeof testCluster>, name: string) =>
  cluster.request({ method: 'GET', path: `${paths.pods}/${name}/log` })

const run = (line: string, extra: object = {}) => ({
  name: 'main',
  image: 'busybox',
  command: ['sh', '-c', line],
  ...extra,
})

it('runs as the user that it is given', () => {
  const test = testCluster()
  const securityContext = { runAsUser: 1000, runAsGroup: 3000, fsGroup: 2000 }
  const spec = { restartPolicy: 'Never', securityContext, containers: [run('id; id -u; whoami')] }
  test.create(paths.pods, podManifest('user', spec))
  test.settle()
  expect(test.cluster.container('default', 'user', 'main')?.logs.map(({ text }) => text)).toEqual([
    'uid=1000 gid=3000 groups=2000,3000',
    '1000',
    'whoami: unknown uid 1000',
  ])
  expect(log(test, 'user').status).toBe(200)
})

it('does not start what must not be root but would', () => {
  const test = testCluster()
  test.create(
    paths.pods,
    podManifest('root', { containers: [run('sleep 9', { securityContext: { runAsNonRoot: true } })] }),
  )
  test.settle(5)
  const pod = test.get<Pod>(`${paths.pods}/root`)
  const message = `container has runAsNonRoot and image will run as root (pod: "root_default(${pod.metadata?.uid})", container: main)`
  expect(pod.status?.containerStatuses?.[0]?.state?.waiting).toEqual({ reason: 'CreateContainerConfigError', message })
  expect(test.events('root')).toContain(`Failed: Error: ${message}`)
})

it('keeps a read-only root file system as it is, but not its volumes', () => {
  const test = testCluster()
  const line = 'echo a > /a; echo b > /data/b && cat /data/b'
  const mounts = { volumeMounts: [{ name: 'data', mountPath: '/data' }] }
  const spec = {
    restartPolicy: 'Never',
    volumes: [{ name: 'data', emptyDir: {} }],
    containers: [run(line, { ...mounts, securityContext: { readOnlyRootFilesystem: true } })],
  }
  test.create(paths.pods, podManifest('fixed', spec))
  test.settle()
  const lines = test.cluster.container('default', 'fixed', 'main')?.logs.map(({ text }) => text)
  expect(lines).toEqual([expect.stringMatching(/Read-only file system$/), 'b'])
})
