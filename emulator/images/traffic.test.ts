import { describe, expect, it } from 'vitest'
import { LAPTOP, Lab, NODE01, NODE02 } from './testing/lab.ts'

const POD = (name: string) => ({ kind: 'pod', namespace: 'default', name }) as const

function web(type: string, extra: object = {}): Lab {
  const lab = new Lab()
  lab.pod({ name: 'web-1', node: 'node01', labels: { app: 'web' } })
  lab.pod({ name: 'web-2', node: 'node01', labels: { app: 'web' } })
  lab.pod({ name: 'client', node: 'node02', image: 'busybox', command: ['sleep', '3600'] })
  lab.service('web', {
    type,
    clusterIP: '10.96.100.1',
    selector: { app: 'web' },
    ports: [{ port: 80, targetPort: 80, nodePort: 30080 }],
    ...extra,
  })
  return lab
}

const codes = (lab: Lab): readonly string[] => lab.network.lastTrace?.hops.map((hop) => hop.code) ?? []

describe('where a request gets through', () => {
  it('reaches node ports of every node from the laptop', () => {
    const lab = web('NodePort')
    for (const address of ['192.168.1.2', '192.168.1.3', '192.168.1.4']) {
      expect(lab.network.fetch(LAPTOP, `http://${address}:30080`).response?.status).toBe(200)
    }
  })

  it('loses Pod and cluster IPs at the gateway from the laptop, and answers them to nodes and Pods', () => {
    const lab = web('ClusterIP')
    for (const url of ['http://10.244.1.2', 'http://10.96.100.1']) {
      expect(lab.network.fetch(LAPTOP, url)).toMatchObject({
        outcome: 'timed-out',
        latencyMs: Number.POSITIVE_INFINITY,
      })
      expect(lab.network.fetch(NODE02, url).response?.body).toContain('Welcome to nginx!')
      expect(lab.network.fetch(POD('client'), url).response?.status).toBe(200)
    }
  })

  it('refuses where nothing listens and drops what a cluster IP does not have', () => {
    const lab = web('NodePort')
    expect(lab.network.fetch(LAPTOP, 'http://192.168.1.2:80').outcome).toBe('refused')
    expect(codes(lab)).toContain('node-port-is-service-port')
    expect(lab.network.fetch(NODE01, 'http://10.96.100.1:8080').outcome).toBe('timed-out')
    expect(codes(lab)).toContain('cluster-ip-port-unknown')
    expect(lab.network.fetch(NODE01, 'http://192.168.1.77').outcome).toBe('unreachable')
  })

  it('serves a localhost node port on a node, not in a Pod', () => {
    const lab = web('NodePort')
    expect(lab.network.fetch(NODE01, 'http://localhost:30080').outcome).toBe('answered')
    expect(lab.network.fetch(POD('client'), 'http://127.0.0.1:30080').outcome).toBe('refused')
  })

  it('spreads over endpoints and keeps a client with session affinity until its time is over', () => {
    const spread = (lab: Lab): number => {
      const chosen = new Set<string>()
      for (let turn = 0; turn < 40; turn += 1) {
        lab.network.fetch(NODE01, 'http://10.96.100.1')
        chosen.add(String(lab.network.lastTrace?.hops.find((hop) => hop.code.startsWith('endpoint-'))?.params.endpoint))
      }
      return chosen.size
    }
    expect(spread(web('ClusterIP'))).toBe(2)
    expect(spread(web('ClusterIP', { sessionAffinity: 'ClientIP' }))).toBe(1)
    const short = web('ClusterIP', {
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 1 } },
    })
    short.network.fetch(NODE01, 'http://10.96.100.1')
    short.run(2000)
    short.network.fetch(NODE01, 'http://10.96.100.1')
    expect(codes(short)).not.toContain('endpoint-remembered')
  })

  it('drops at a node without local endpoints under externalTrafficPolicy Local, but serves the node itself', () => {
    const lab = web('NodePort', { externalTrafficPolicy: 'Local' })
    expect(lab.network.fetch(LAPTOP, 'http://192.168.1.3:30080').outcome).toBe('answered')
    expect(lab.network.fetch(LAPTOP, 'http://192.168.1.4:30080').outcome).toBe('timed-out')
    expect(lab.network.fetch(NODE02, 'http://192.168.1.4:30080').outcome).toBe('answered')
    expect(lab.network.fetch(NODE01, 'http://192.168.1.4:30080').outcome).toBe('timed-out')
    expect(lab.network.fetch(POD('client'), 'http://192.168.1.4:30080').outcome).toBe('answered')
  })

  it('shows the client its real address only where nothing masquerades', () => {
    const seen = (lab: Lab): string => {
      const log = lab.pods
        .filter((pod) => pod.metadata?.name?.startsWith('web'))
        .flatMap((pod) => {
          return lab.runtime.get(pod.metadata?.uid ?? '', 'main')?.logs.map((line) => line.text) ?? []
        })
      return log.find((line) => line.includes('GET /'))?.split(' ')[0] ?? ''
    }
    const cluster = web('NodePort')
    cluster.network.fetch(LAPTOP, 'http://192.168.1.4:30080')
    expect(seen(cluster)).toBe('192.168.1.4')
    const local = web('NodePort', { externalTrafficPolicy: 'Local' })
    local.network.fetch(LAPTOP, 'http://192.168.1.3:30080')
    expect(seen(local)).toBe('192.168.1.10')
    const pod = web('ClusterIP')
    pod.network.fetch(POD('client'), 'http://10.96.100.1')
    expect(seen(pod)).toBe('10.244.2.2')
  })

  it('answers a load balancer address to the laptop, within its source ranges', () => {
    const lab = web('LoadBalancer')
    const [service] = lab.services
    lab.services[0] = { ...service, status: { loadBalancer: { ingress: [{ ip: '192.168.1.240' }] } } }
    expect(lab.network.fetch(LAPTOP, 'http://192.168.1.240').response?.status).toBe(200)
    expect(lab.network.fetch(POD('client'), 'http://192.168.1.240').response?.status).toBe(200)
    expect(lab.network.fetch(LAPTOP, 'http://192.168.1.240:8080').outcome).toBe('timed-out')
    lab.services[0] = {
      ...lab.services[0],
      spec: { ...lab.services[0]?.spec, loadBalancerSourceRanges: ['10.0.0.0/8'] },
    }
    expect(lab.network.fetch(LAPTOP, 'http://192.168.1.240').outcome).toBe('timed-out')
    expect(lab.network.fetch(NODE01, 'http://192.168.1.240').outcome).toBe('timed-out')
    expect(lab.network.fetch(POD('client'), 'http://192.168.1.240').outcome).toBe('answered')
    expect(lab.network.fetch(NODE01, 'http://10.96.100.1').outcome).toBe('answered')
  })

  it('goes by the rules that a stopped kube-proxy left, until the machine is off', () => {
    const lab = web('NodePort')
    lab.machine('node01').setUnit('kube-proxy', 'stopped')
    lab.service('late', {
      clusterIP: '10.96.100.2',
      type: 'NodePort',
      selector: { app: 'web' },
      ports: [{ port: 80, nodePort: 30081 }],
    })
    const [slice] = lab.slices
    expect(lab.network.fetch(NODE01, 'http://10.96.100.1').outcome).toBe('answered')
    expect(codes(lab)).toContain('stale-rules')
    expect(lab.network.fetch(NODE01, 'http://10.96.100.2').outcome).toBe('timed-out')
    expect(codes(lab)).toContain('kube-proxy-stopped')
    expect(lab.network.fetch(LAPTOP, 'http://192.168.1.3:30080').outcome).toBe('answered')
    expect(lab.network.fetch(LAPTOP, 'http://192.168.1.3:30081').outcome).toBe('refused')
    expect(lab.network.fetch(NODE02, 'http://10.96.100.2').outcome).toBe('answered')
    lab.slices[0] = { ...slice, addressType: 'IPv4', endpoints: [] }
    expect(lab.network.fetch(NODE02, 'http://10.96.100.1').outcome).toBe('refused')
    expect(lab.network.fetch(NODE01, 'http://10.96.100.1').outcome).toBe('answered')
    const again = new Lab()
    again.pods.push(...lab.pods)
    again.runtime.restore(JSON.parse(JSON.stringify(lab.runtime.snapshot())))
    again.machine('node01').setUnit('kube-proxy', 'stopped')
    again.network.restore(JSON.parse(JSON.stringify(lab.network.snapshot())))
    expect(again.network.fetch(NODE01, 'http://10.96.100.1').outcome).toBe('answered')
    lab.machine('node01').setUnit('kube-proxy', 'running')
    expect(lab.network.fetch(NODE01, 'http://10.96.100.1').outcome).toBe('refused')
    expect(lab.network.fetch(NODE01, 'http://10.96.100.2').outcome).toBe('answered')
    lab.machine('node01').setUnit('kube-proxy', 'stopped')
    lab.machine('node01').setPowered(false)
    lab.machine('node01').setPowered(true)
    expect(lab.network.fetch(NODE01, 'http://10.96.100.2').outcome).toBe('timed-out')
    expect(lab.network.fetch(LAPTOP, 'http://192.168.1.3:30081').outcome).toBe('refused')
  })

  it('ends at a machine that is off', () => {
    const lab = web('NodePort')
    expect(lab.network.fetch(NODE01, 'http://10.244.1.2').outcome).toBe('answered')
    lab.machine('node02').setPowered(false)
    expect(lab.network.fetch(LAPTOP, 'http://192.168.1.4:30080').outcome).toBe('unreachable')
    lab.machine('node01').setPowered(false)
    expect(lab.network.fetch(LAPTOP, 'http://192.168.1.2:30080').outcome).toBe('timed-out')
  })

  it('pings machines and Pods, never cluster IPs', () => {
    const lab = web('ClusterIP')
    expect(lab.network.ping(NODE02, '10.244.1.2').outcome).toBe('answered')
    expect(lab.network.ping(LAPTOP, '192.168.1.3').outcome).toBe('answered')
    expect(lab.network.ping(NODE02, '10.96.100.1').outcome).toBe('timed-out')
    expect(codes(lab)).toContain('cluster-ip-not-pingable')
    expect(lab.network.ping(LAPTOP, '10.244.1.2').outcome).toBe('timed-out')
  })
})

describe('why a request died', () => {
  it('names the selector and the nearest Pod', () => {
    const lab = new Lab()
    lab.pod({ name: 'other', labels: { tier: 'db' } })
    lab.pod({ name: 'myapp-pod', labels: { app: 'myapp' } })
    lab.service('svc', { clusterIP: '10.96.1.1', selector: { app: 'myapp', type: 'front-end' }, ports: [{ port: 80 }] })
    expect(lab.network.fetch(NODE01, 'http://10.96.1.1').outcome).toBe('refused')
    expect(lab.network.lastTrace?.hops.at(-1)?.text).toBe(
      'Service svc selects app=myapp,type=front-end. Pod myapp-pod comes close, but has no label type (it has app=myapp): no endpoints.',
    )
  })

  it('tells the wrong targetPort, a loopback listener and an unready Pod apart', () => {
    const lab = new Lab()
    const home = 'mkdir -p /www; exec httpd -f -p'
    lab.pod({ name: 'nginx', labels: { app: 'a' } })
    lab.pod({
      name: 'closed',
      labels: { app: 'b' },
      image: 'busybox',
      command: ['sh', '-c', `${home} 127.0.0.1:80 -h /www`],
    })
    lab.pod({ name: 'unready', labels: { app: 'c' }, ready: false })
    lab.service('a', { clusterIP: '10.96.1.1', selector: { app: 'a' }, ports: [{ port: 80, targetPort: 8080 }] })
    lab.service('b', { clusterIP: '10.96.1.2', selector: { app: 'b' }, ports: [{ port: 80 }] })
    lab.service('c', { clusterIP: '10.96.1.3', selector: { app: 'c' }, ports: [{ port: 80 }] })
    const reason = (address: string): string | undefined => {
      expect(lab.network.fetch(NODE01, `http://${address}`).outcome).toBe('refused')
      return lab.network.lastTrace?.hops.at(-1)?.code
    }
    expect(reason('10.96.1.1')).toBe('no-listener-target-port')
    expect(lab.network.lastTrace?.hops.at(-1)?.params).toMatchObject({ port: 8080, listening: '80', targetPort: 8080 })
    expect(reason('10.96.1.2')).toBe('listens-on-loopback')
    expect(reason('10.96.1.3')).toBe('no-endpoints-not-ready')
  })
})
