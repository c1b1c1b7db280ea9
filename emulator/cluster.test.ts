import { describe, expect, it } from 'vitest'
import { createCluster, restoreCluster } from './cluster.ts'
import type { Deployment, EndpointSlice, Endpoints, Node, Pod, ReplicaSet, Service } from './generated/types.ts'
import { around, deploymentManifest, paths, podManifest, testCluster, testStart } from './testing/test-cluster.ts'

const restored = (snapshot: unknown) => restoreCluster(JSON.parse(JSON.stringify(snapshot)))

describe('a new cluster', () => {
  it('stands as kubeadm leaves it, some days old, with nothing to do', () => {
    const { cluster, list } = testCluster()
    const system = list<Pod>('/api/v1/namespaces/kube-system/pods')
    expect(system.map(({ metadata }) => metadata?.name?.replace(/-[a-z0-9]{5}$/, '-x'))).toEqual([
      expect.stringMatching(/^coredns-[a-z0-9]{8,10}-x$/),
      expect.stringMatching(/^coredns-[a-z0-9]{8,10}-x$/),
      'etcd-controlplane',
      'kube-apiserver-controlplane',
      'kube-controller-manager-controlplane',
      'kube-proxy-x',
      'kube-proxy-x',
      'kube-proxy-x',
      'kube-scheduler-controlplane',
    ])
    expect(system.every(({ status }) => status?.containerStatuses?.every(({ ready }) => ready))).toBe(true)
    const ages = list<Node>(paths.nodes).map(
      ({ metadata }) => testStart - Date.parse(metadata?.creationTimestamp ?? ''),
    )
    for (const age of ages) expect(age / 86_400_000).toSatisfy((days: number) => days > 2.9 && days < 11)
    expect(list('/api/v1/events')).toEqual([])
    expect(cluster.nextEventAt()).toBeUndefined()
    cluster.run(7 * 86_400_000)
    expect(cluster.nextEventAt()).toBeUndefined()
  })

  it('has the kubernetes Service with its endpoints, and puts it back', () => {
    const { get, remove, cluster } = testCluster()
    const slice = `${paths.slices}/kubernetes`
    expect(get<EndpointSlice>(slice)).toMatchObject({
      endpoints: [{ addresses: ['192.168.1.2'], conditions: { ready: true } }],
      ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
    })
    remove(`${paths.services}/kubernetes`)
    cluster.run(10_000)
    expect(get<Service>(`${paths.services}/kubernetes`).spec?.clusterIP).toBe('10.96.0.1')
  })

  it('gives load balancer addresses only where the blueprint has them', () => {
    const service = {
      metadata: { name: 'web' },
      spec: { type: 'LoadBalancer', ports: [{ port: 80 }], selector: { a: 'b' } },
    }
    const addressIn = (blueprint: string) => {
      const { create, settle, get } = testCluster({ blueprint })
      create(paths.services, service)
      settle()
      return get<Service>(`${paths.services}/web`).status?.loadBalancer
    }
    expect(addressIn('default')).toEqual({ ingress: [{ ip: '192.168.1.240', ipMode: 'VIP' }] })
    expect(addressIn('no-load-balancer')).toEqual({})
  })

  it('refuses a blueprint that does not exist', () => {
    expect(() => createCluster({ blueprint: 'none', seed: 'x', startTime: testStart })).toThrow('no blueprint "none"')
  })
})

describe('the main path', () => {
  it('brings a Deployment to running Pods over both workers within a second or two', () => {
    const { create, cluster, pods, get, events } = testCluster()
    create(paths.deployments, deploymentManifest('web', 3))
    expect(cluster.settle(8)).toBeLessThan(3000)
    expect(
      pods()
        .map(({ spec }) => spec?.nodeName)
        .sort(),
    ).toEqual(['node01', 'node01', 'node02'])
    expect(
      pods()
        .map(({ status }) => status?.podIP)
        .sort(),
    ).toEqual(['10.244.1.2', '10.244.1.3', '10.244.2.2'])
    const { status } = get<Deployment>(`${paths.deployments}/web`)
    expect(status).toMatchObject({ replicas: 3, readyReplicas: 3, availableReplicas: 3, updatedReplicas: 3 })
    expect(status?.conditions?.map(({ type, reason }) => `${type} ${reason}`)).toEqual([
      'Available MinimumReplicasAvailable',
      'Progressing NewReplicaSetAvailable',
    ])
    expect(events('web')).toEqual([
      expect.stringMatching(/^ScalingReplicaSet: Scaled up replica set web-\w+ from 0 to 3$/),
    ])
    const [pod] = pods()
    expect(events(pod?.metadata?.name ?? '')).toEqual([
      expect.stringMatching(/^Scheduled: Successfully assigned default\/web-\w+-\w{5} to node0[12]$/),
      'Pulling: Pulling image "nginx:1.27"',
      expect.stringMatching(
        /^Pulled: Successfully pulled image "nginx:1.27" in [\d.]+m?s \([\d.]+m?s including waiting\)\. Image size: \d+ bytes\.$/,
      ),
      'Created: Container created',
      'Started: Container started',
    ])
  })

  it('keeps Endpoints and slices of a Service in step with its Pods', () => {
    const { create, settle, get, list, patch } = testCluster()
    create(paths.deployments, deploymentManifest('web', 2))
    create(paths.services, { metadata: { name: 'web' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } })
    settle()
    const endpoints = () => get<Endpoints>(`${paths.endpoints}/web`)
    expect(endpoints().subsets).toMatchObject([
      { addresses: [{ ip: '10.244.1.2' }, { ip: '10.244.2.2' }], ports: [{ port: 80, protocol: 'TCP' }] },
    ])
    expect(endpoints().metadata?.labels).toEqual({ 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' })
    const slices = () => list<EndpointSlice>(paths.slices).filter(({ metadata }) => metadata?.name !== 'kubernetes')
    expect(slices()).toHaveLength(1)
    expect(slices()[0]?.endpoints?.map(({ conditions }) => conditions)).toEqual([
      { ready: true, serving: true, terminating: false },
      { ready: true, serving: true, terminating: false },
    ])
    patch(`${paths.deployments}/web`, { spec: { replicas: 0 } })
    settle()
    expect(endpoints().subsets).toBeUndefined()
    expect(slices()[0]?.endpoints ?? []).toEqual([])
  })

  it('leaves Endpoints written by hand alone, and mirrors them into a slice', () => {
    const { create, settle, find, list, remove } = testCluster()
    const metadata = { name: 'outside' }
    create(paths.endpoints, { metadata, subsets: [{ addresses: [{ ip: '11.11.11.11' }], ports: [{ port: 80 }] }] })
    settle()
    expect(find(`${paths.endpoints}/outside`)).toBeDefined()
    create(paths.services, { metadata, spec: { ports: [{ port: 80 }] } })
    settle()
    const slices = () => list<EndpointSlice>(paths.slices).filter(({ metadata: m }) => m?.name?.startsWith('outside-'))
    expect(slices()).toMatchObject([
      {
        metadata: {
          labels: {
            'kubernetes.io/service-name': 'outside',
            'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
          },
        },
        endpoints: [{ addresses: ['11.11.11.11'], conditions: { ready: true } }],
        ports: [{ name: '', port: 80, protocol: 'TCP' }],
      },
    ])
    remove(`${paths.endpoints}/outside`)
    settle()
    expect(slices()).toEqual([])
  })

  it('gives an ExternalName no endpoints', () => {
    const { create, settle, find } = testCluster()
    const spec = { type: 'ExternalName', externalName: 'example.com', selector: { app: 'web' } }
    create(paths.services, { metadata: { name: 'away' }, spec })
    settle()
    expect(find(`${paths.endpoints}/away`)).toBeUndefined()
  })

  it('lets a request from the laptop through a node port to a Pod', () => {
    const { create, settle, cluster } = testCluster()
    create(paths.pods, podManifest('web'))
    create(paths.services, {
      metadata: { name: 'web' },
      spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80, nodePort: 30008 }] },
    })
    settle()
    const exchange = cluster.network.fetch({ kind: 'machine', name: 'laptop' }, 'http://192.168.1.2:30008')
    expect(exchange.response?.status).toBe(200)
  })
})

describe('determinism', () => {
  const steps: readonly ((cluster: ReturnType<typeof around>) => void)[] = [
    ({ create }) => create(paths.deployments, deploymentManifest('web', 3)),
    ({ cluster }) => cluster.run(420),
    ({ create }) => create(paths.pods, podManifest('bad', { containers: [{ name: 'c', image: 'redis123' }] })),
    ({ create }) =>
      create(paths.pods, podManifest('crash', { containers: [{ name: 'c', image: 'busybox', command: ['false'] }] })),
    ({ cluster }) => cluster.run(13_000),
    ({ patch }) => patch(`${paths.deployments}/web`, { spec: { replicas: 1 } }),
    ({ cluster }) => cluster.run(150),
    ({ patch }) =>
      patch(`${paths.deployments}/web`, {
        spec: { template: { spec: { containers: [{ name: 'main', image: 'nginx:1.28' }] } } },
      }),
    ({ cluster }) => cluster.run(700),
    ({ remove }) => remove(`${paths.pods}/bad`),
    ({ cluster }) => cluster.run(90_000),
  ]
  const finalState = (cut: number) => {
    let world = testCluster()
    for (const [index, step] of steps.entries()) {
      if (index === cut) world = around(restored(world.cluster.snapshot()))
      step(world)
    }
    return world.cluster.snapshot()
  }

  it('gives the same cluster for the same seed and steps, and another for another seed', () => {
    expect(finalState(-1)).toEqual(finalState(-1))
    const names = (seed: string) => {
      const { create, settle, pods } = testCluster({ seed })
      create(paths.deployments, deploymentManifest('web', 2))
      settle()
      return pods().map(({ metadata }) => metadata?.name)
    }
    expect(names('one')).not.toEqual(names('two'))
  })

  it.each(steps.map((_, index) => index))('goes on the same after a snapshot before step %i', (cut) => {
    expect(finalState(cut)).toEqual(finalState(-1))
  })

  it('keeps a snapshot small and usable twice', () => {
    const { create, settle, cluster } = testCluster()
    expect(JSON.stringify(cluster.snapshot()).length).toBeLessThan(3_000)
    create(paths.deployments, deploymentManifest('web', 1))
    settle()
    const snapshot = cluster.snapshot()
    const [one, two] = [restored(snapshot), restored(snapshot)]
    one.run(60_000)
    two.run(60_000)
    expect(one.snapshot()).toEqual(two.snapshot())
  })

  it("keeps a learner's work over a base that another version brought up", () => {
    const { create, settle, cluster } = testCluster()
    create(paths.deployments, deploymentManifest('web', 1))
    settle()
    const text = JSON.stringify(cluster.snapshot()).replace(
      /"base":"[^"]*","containers":\[[^{]*/,
      '"base":"other","containers":[',
    )
    const later = around(restoreCluster(JSON.parse(text)))
    later.settle()
    expect(later.pods()).toMatchObject([{ status: { phase: 'Running' } }])
    const dns = later.cluster.network.lookup(
      { kind: 'pod', namespace: 'default', name: later.pods()[0]?.metadata?.name ?? '' },
      'kubernetes',
    )
    expect(dns.addresses).toEqual(['10.96.0.1'])
  })

  it('refuses what is no snapshot of its own', () => {
    expect(() => restoreCluster({ version: 1, blueprint: 'default' })).toThrow('another version')
  })
})

describe('settle', () => {
  it('waits for what is under way, but no longer than it may', () => {
    const { create, cluster, remove, find } = testCluster()
    expect(cluster.settle(60)).toBe(0)
    create(
      paths.pods,
      podManifest('slow', { containers: [{ name: 'c', image: 'busybox', command: ['sleep', '3600'] }] }),
    )
    expect(cluster.settle(60)).toBeLessThan(5000)
    remove(`${paths.pods}/slow`)
    expect(cluster.settle(5)).toBe(5000)
    expect(find(`${paths.pods}/slow`)).toBeDefined()
    expect(cluster.settle(60)).toBeLessThan(27_000)
    expect(find(`${paths.pods}/slow`)).toBeUndefined()
  })
})

describe('a long absence', () => {
  const restless = () => {
    const world = testCluster()
    const loop = ['sh', '-c', 'while true; do echo tick; sleep 1; done']
    const containers = (command: readonly string[], image = 'busybox') => ({
      containers: [{ name: 'c', image, command }],
    })
    world.create(paths.pods, podManifest('crash', containers(['false'])))
    world.create(paths.pods, podManifest('loop', containers(loop)))
    world.create(paths.pods, podManifest('nap', { restartPolicy: 'Never', ...containers(['sleep', '7200']) }))
    world.create(paths.pods, podManifest('bad', containers([], 'redis123')))
    return world
  }

  it('changes what it must, and leaves the rest repeating itself', () => {
    const { cluster, get, create } = restless()
    cluster.run(7_000_000)
    expect(get<Pod>(`${paths.pods}/nap`).status?.phase).toBe('Running')
    cluster.run(86_400_000)
    expect(get<Pod>(`${paths.pods}/nap`).status?.phase).toBe('Succeeded')
    expect(get<Pod>(`${paths.pods}/crash`).status?.containerStatuses?.[0]?.restartCount).toBeGreaterThan(5)
    const logs = cluster.container('default', 'loop', 'c')?.logs ?? []
    expect(cluster.now() - (logs.at(-1)?.at ?? 0)).toBeLessThanOrEqual(1000)
    create(paths.pods, podManifest('late'))
    cluster.settle(10)
    expect(get<Pod>(`${paths.pods}/late`).status?.phase).toBe('Running')
  })

  it('may be cut by a snapshot', () => {
    const state = (cut: boolean) => {
      const { cluster } = restless()
      cluster.run(40_000_000)
      const later = cut ? restored(cluster.snapshot()) : cluster
      later.run(100_000)
      return later.snapshot()
    }
    expect(state(true)).toEqual(state(false))
  })
})

describe('replica sets on their own', () => {
  it('replace a Pod whose label was changed, and adopt it back', () => {
    const { create, settle, pods, patch, list } = testCluster()
    create(paths.deployments, deploymentManifest('web', 2))
    settle()
    const name = pods()[0]?.metadata?.name
    patch(`${paths.pods}/${name}`, { metadata: { labels: { app: 'debug' } } })
    settle()
    expect(pods()).toHaveLength(3)
    expect(pods('app=debug')[0]?.metadata?.ownerReferences ?? []).toEqual([])
    patch(`${paths.pods}/${name}`, { metadata: { labels: { app: 'web' } } })
    settle()
    expect(pods()).toHaveLength(2)
    expect(list<ReplicaSet>(paths.replicaSets)[0]?.status).toMatchObject({ replicas: 2, readyReplicas: 2 })
  })
})
