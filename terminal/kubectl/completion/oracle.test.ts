import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Cluster, createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'
import { complete } from '../complete.ts'

const { lines }: { readonly lines: { readonly [typed: string]: readonly string[] } } = JSON.parse(
  readFileSync(new URL('../testdata/completions.json', import.meta.url), 'utf8'),
)

const SETUP = `kubectl create deployment web --image=nginx --replicas=2
kubectl run here --image=nginx
kubectl run other --image=redis
kubectl create ns team-a
kubectl create cm cfg
kubectl -n team-a run web --image=nginx
kubectl create svc clusterip web --tcp=80
kubectl create cronjob cj --image=busybox --schedule="* * * * *"
kubectl apply -f - <<E
apiVersion: v1
kind: Pod
metadata: {name: multi}
spec:
  initContainers: [{name: init, image: busybox}]
  containers: [{name: one, image: nginx}, {name: two, image: redis}]
E`

describe('what Tab offers after', () => {
  let cluster: Cluster

  beforeAll(async () => {
    cluster = createCluster({ seed: 'completion', startTime: Date.UTC(2026, 10, 20) })
    const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
    await session.run(SETUP)
    cluster.settle(60)
    session.dispose()
  })

  it.each(Object.entries(lines))('kubectl %s', async (typed, wanted) => {
    const words = typed.split(' ')
    const files = {
      read: async (path: string) => String(cluster.machine('controlplane')?.files.read(path) ?? ''),
      list: async () => [],
      isDirectory: async () => false,
    }
    const offered = await complete(['kubectl', ...words.slice(0, -1)], words.at(-1) ?? '', {
      cluster,
      place: { kind: 'machine', name: 'controlplane' },
      files: { ...files, write: async () => undefined },
      env: new Map([['HOME', '/root']]),
    })
    // The format kyaml came after the version that was asked.
    expect([...new Set(offered)].filter((text) => !text.endsWith('kyaml')).sort()).toEqual([...wanted].sort())
  })
})
