import { describe, expect, it } from 'vitest'
import type { Pod } from '../../generated/types.ts'
import { paths } from '../../testing/test-cluster.ts'
import { PORT, type Scene, scene } from '../testing/scene.ts'
import type { DnsQuestion } from '../types.ts'

const CLIENT = { kind: 'pod', namespace: 'default', name: 'client' } as const
const ZONE = 'default.svc.cluster.local'

function ready(): Scene {
  const made = scene()
  made.client('client', { node: 'node02' })
  made.settle()
  return made
}

const asking =
  (made: Scene) =>
  (name: string, type: DnsQuestion['type'] = 'A') =>
    made.cluster.network.query(CLIENT, { name, type })
const dataOf = (made: Scene, name: string, type: DnsQuestion['type'] = 'A'): readonly string[] =>
  asking(made)(name, type)
    .answers.map(({ data }) => data)
    .toSorted()

describe('records of a Service', () => {
  it('with a cluster IP: A of its address, SRV of its named ports with the address beside, no AAAA, 30 seconds', () => {
    const made = ready()
    const ports = [
      { name: 'http', ...PORT },
      { name: 'dns', port: 53, protocol: 'UDP' },
    ]
    const ip = made.service('web', { ports }).spec?.clusterIP ?? ''
    const ask = asking(made)
    expect(ask(`web.${ZONE}`).answers).toEqual([{ name: `web.${ZONE}.`, type: 'A', ttl: 30, data: ip }])
    expect(ask(`web.${ZONE}`, 'AAAA')).toMatchObject({ rcode: 'NOERROR', answers: [] })
    const srv = ask(`_http._tcp.web.${ZONE}`, 'SRV')
    expect(srv.answers[0]?.data).toBe(`0 100 80 web.${ZONE}.`)
    expect(srv.additional).toEqual([{ name: `web.${ZONE}.`, type: 'A', ttl: 30, data: ip }])
    expect(dataOf(made, `web.${ZONE}`, 'SRV')).toEqual([`0 50 53 web.${ZONE}.`, `0 50 80 web.${ZONE}.`])
    expect(ask(`_https._tcp.web.${ZONE}`, 'SRV').rcode).toBe('NXDOMAIN')
    expect(ask(`_http._udp.web.${ZONE}`, 'SRV').rcode).toBe('NXDOMAIN')
  })

  it('goes with the Service, and PTR leads back to it', () => {
    const made = ready()
    made.service('web', { clusterIP: '10.96.7.8', ports: [PORT] })
    expect(dataOf(made, '8.7.96.10.in-addr.arpa', 'PTR')).toEqual([`web.${ZONE}.`])
    made.remove(`${paths.services}/web`)
    expect(asking(made)(`web.${ZONE}`).rcode).toBe('NXDOMAIN')
    // The cache of kubeadm's Corefile leaves out cluster.local alone.
    expect(dataOf(made, '8.7.96.10.in-addr.arpa', 'PTR')).toHaveLength(1)
    made.cluster.run(31_000)
    expect(asking(made)('8.7.96.10.in-addr.arpa', 'PTR').rcode).toBe('NXDOMAIN')
  })

  it('headless: the addresses of ready Pods, in another order each time, and a name for each', () => {
    const made = ready()
    for (const name of ['web-1', 'web-2', 'web-3']) made.server(name)
    made.service('web', { clusterIP: 'None', ports: [{ name: 'http', ...PORT }] })
    const ips = ['web-1', 'web-2', 'web-3'].map(made.podIP).sort()
    expect(dataOf(made, `web.${ZONE}`)).toEqual(ips)
    const orders = Array.from({ length: 20 }, () =>
      asking(made)(`web.${ZONE}`)
        .answers.map(({ data }) => data)
        .join(),
    )
    expect(new Set(orders).size).toBeGreaterThan(2)
    const first = made.podIP('web-1')
    const own = `${first.replaceAll('.', '-')}.web.${ZONE}`
    expect(dataOf(made, own)).toEqual([first])
    expect(dataOf(made, `_http._tcp.web.${ZONE}`, 'SRV')).toContain(`0 33 8080 ${own}.`)
    made.remove(`${paths.pods}/web-1`)
    made.settle()
    expect(asking(made)(own).rcode).toBe('NXDOMAIN')
  })

  it('headless without ready Pods: NXDOMAIN, unless it publishes unready ones', () => {
    const made = ready()
    made.server('ill', { container: { readinessProbe: { tcpSocket: { port: 9999 } } } })
    made.service('web', { clusterIP: 'None', ports: [PORT] })
    made.service('early', { clusterIP: 'None', ports: [PORT], publishNotReadyAddresses: true })
    expect(asking(made)(`web.${ZONE}`).rcode).toBe('NXDOMAIN')
    expect(dataOf(made, `early.${ZONE}`)).toEqual([made.podIP('ill')])
  })

  it('headless without ports: addresses, but no SRV', () => {
    const made = ready()
    made.server('web')
    made.service('web', { clusterIP: 'None' })
    expect(dataOf(made, `web.${ZONE}`)).toEqual([made.podIP('web')])
    expect(asking(made)(`web.${ZONE}`, 'SRV')).toMatchObject({ rcode: 'NOERROR', answers: [] })
  })

  it('ExternalName: an alias, with what it leads to inside and outside the cluster', () => {
    const made = ready()
    const ip = made.service('web', { ports: [PORT] }).spec?.clusterIP
    const alias = (name: string, externalName: string) =>
      made.service(name, { type: 'ExternalName', externalName, selector: null })
    alias('inside', `web.${ZONE}`)
    alias('outside', 'example.com')
    alias('nowhere', 'nosuch.example')
    alias('lost', `nosuch.${ZONE}`)
    alias('address', '10.1.2.3')
    expect(asking(made)(`inside.${ZONE}`).answers.map(({ type, data }) => `${type} ${data}`)).toEqual([
      `CNAME web.${ZONE}.`,
      `A ${ip}`,
    ])
    expect(asking(made)(`outside.${ZONE}`).answers.map(({ type, data }) => `${type} ${data}`)).toEqual([
      'CNAME example.com.',
      'A 93.184.215.14',
    ])
    expect(asking(made)(`outside.${ZONE}`, 'CNAME').answers).toHaveLength(1)
    expect(asking(made)(`nowhere.${ZONE}`)).toMatchObject({ rcode: 'NOERROR', answers: [{ type: 'CNAME' }] })
    expect(asking(made)(`lost.${ZONE}`)).toMatchObject({ rcode: 'NOERROR', answers: [] })
    expect(asking(made)(`address.${ZONE}`).rcode).toBe('NXDOMAIN')
    expect(made.cluster.network.lookup(CLIENT, 'outside').addresses).toEqual(['93.184.215.14'])
  })

  it('of another namespace is found by a name with the namespace, not without', () => {
    const made = ready()
    made.create(paths.namespaces, { metadata: { name: 'shop' } })
    made.create('/api/v1/namespaces/shop/services', { metadata: { name: 'cart' }, spec: { ports: [PORT] } })
    const { lookup } = made.cluster.network
    const find = lookup.bind(made.cluster.network, CLIENT)
    expect(find('cart')).toMatchObject({ addresses: [], rcode: 'NXDOMAIN' })
    for (const name of ['cart.shop', 'cart.shop.svc', 'cart.shop.svc.cluster.local'])
      expect(find(name).addresses).toHaveLength(1)
  })
})

describe('records of Pods', () => {
  it('of a StatefulSet: their own names under the headless Service', () => {
    const made = ready()
    made.service('db', { clusterIP: 'None', selector: { app: 'db' }, ports: [PORT] })
    made.create('/apis/apps/v1/namespaces/default/statefulsets', {
      metadata: { name: 'db' },
      spec: {
        serviceName: 'db',
        replicas: 2,
        selector: { matchLabels: { app: 'db' } },
        template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
      },
    })
    made.settle()
    expect(dataOf(made, `db-0.db.${ZONE}`)).toEqual([made.podIP('db-0')])
    expect(made.cluster.network.lookup(CLIENT, 'db-1.db').addresses).toEqual([made.podIP('db-1')])
    expect(asking(made)(`db-2.db.${ZONE}`).rcode).toBe('NXDOMAIN')
    const reversed = made.podIP('db-0').split('.').reverse().join('.')
    expect(dataOf(made, `${reversed}.in-addr.arpa`, 'PTR')).toEqual([`db-0.db.${ZONE}.`])
  })

  it('with hostname and subdomain have a name too, without them none of their own', () => {
    const made = ready()
    made.server('pod-a', { spec: { hostname: 'busy', subdomain: 'web' } })
    made.service('web', { clusterIP: 'None', ports: [PORT] })
    expect(dataOf(made, `busy.web.${ZONE}`)).toEqual([made.podIP('pod-a')])
    expect(asking(made)(`pod-a.web.${ZONE}`).rcode).toBe('NXDOMAIN')
    expect(made.cluster.network.lookup(CLIENT, 'pod-a').rcode).toBe('NXDOMAIN')
  })

  it('are made of any address with dashes (pods insecure), in namespaces that exist', () => {
    const made = ready()
    expect(dataOf(made, '10-9-8-7.default.pod.cluster.local')).toEqual(['10.9.8.7'])
    expect(dataOf(made, '1-2-3-4.default.pod.cluster.local', 'AAAA')).toEqual([])
    expect(asking(made)('10-9-8.default.pod.cluster.local').rcode).toBe('NXDOMAIN')
    expect(asking(made)('10-9-8-7.nowhere.pod.cluster.local').rcode).toBe('NXDOMAIN')
  })
})

describe('the zone of the cluster', () => {
  it('has a name server and a version, names without data, and no others', () => {
    const made = ready()
    const ask = asking(made)
    expect(dataOf(made, 'cluster.local', 'NS')).toEqual(['ns.dns.cluster.local.'])
    expect(dataOf(made, 'ns.dns.cluster.local')).toEqual(['10.96.0.10'])
    expect(dataOf(made, 'dns-version.cluster.local', 'TXT')).toEqual(['"1.1.0"'])
    for (const name of ['cluster.local', 'svc.cluster.local', ZONE])
      expect(ask(name)).toMatchObject({ rcode: 'NOERROR', answers: [] })
    for (const name of ['nowhere.svc.cluster.local', 'web.cluster.local', `a.b.c.web.${ZONE}`])
      expect(ask(name).rcode).toBe('NXDOMAIN')
    expect(ask(`nosuch.${ZONE}`).authority[0]?.data).toMatch(
      /^ns\.dns\.cluster\.local\. hostmaster\.cluster\.local\. \d+ 7200 1800 86400 30$/,
    )
  })
})

describe('/etc/resolv.conf', () => {
  const confOf = (spec: object, namespace = 'default'): string => {
    const made = scene()
    if (namespace !== 'default') made.create(paths.namespaces, { metadata: { name: namespace } })
    made.settle()
    made.client('asked', { namespace, spec })
    made.settle()
    return made.cluster.container(namespace, 'asked', 'main')?.files.read('/etc/resolv.conf') ?? ''
  }
  const CLUSTER =
    'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n'

  it('by dnsPolicy: ClusterFirst asks CoreDNS, with the search list of the namespace', () => {
    expect(confOf({})).toBe(CLUSTER)
    expect(confOf({ dnsPolicy: 'ClusterFirst' }, 'shop')).toContain('search shop.svc.cluster.local svc.cluster.local')
  })

  it('by dnsPolicy: Default takes the servers of the node, and so does ClusterFirst with hostNetwork', () => {
    expect(confOf({ dnsPolicy: 'Default' })).toBe('nameserver 192.168.1.1\n')
    expect(confOf({ hostNetwork: true })).toBe('nameserver 192.168.1.1\n')
    expect(confOf({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' })).toBe(CLUSTER)
  })

  it('by dnsPolicy: None has what dnsConfig says and nothing else', () => {
    const dnsConfig = {
      nameservers: ['192.0.2.1'],
      searches: ['my.dns.search.suffix'],
      options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
    }
    expect(confOf({ dnsPolicy: 'None', dnsConfig })).toBe(
      'search my.dns.search.suffix\nnameserver 192.0.2.1\noptions ndots:2 edns0\n',
    )
  })

  it('dnsConfig adds to the others: servers and searches behind, options in place', () => {
    const dnsConfig = {
      nameservers: ['192.0.2.1', '10.96.0.10'],
      searches: ['corp.example', 'cluster.local'],
      options: [{ name: 'ndots', value: '1' }],
    }
    expect(confOf({ dnsConfig })).toBe(
      'search default.svc.cluster.local svc.cluster.local cluster.local corp.example\nnameserver 10.96.0.10\nnameserver 192.0.2.1\noptions ndots:1\n',
    )
  })

  it('has no more than three servers and 32 domains; the kubelet tells what it leaves out', () => {
    const made = scene()
    const dnsConfig = {
      nameservers: ['192.0.2.1', '192.0.2.2', '192.0.2.3'],
      searches: Array.from({ length: 32 }, (_, index) => `d${index}.example`),
    }
    made.client('greedy', { spec: { dnsConfig } })
    made.settle()
    const text = made.cluster.container('default', 'greedy', 'main')?.files.read('/etc/resolv.conf') ?? ''
    expect(text.match(/^nameserver .*$/gm)).toEqual(
      ['10.96.0.10', '192.0.2.1', '192.0.2.2'].map((ip) => `nameserver ${ip}`),
    )
    expect(text.match(/^search (.*)$/m)?.[1]?.split(' ')).toHaveLength(32)
    expect(made.events('greedy')).toContain(
      'DNSConfigForming: Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: 10.96.0.10 192.0.2.1 192.0.2.2',
    )
    expect(made.events('greedy').some((event) => event.startsWith('DNSConfigForming: Search Line limits'))).toBe(true)
  })

  it('decides what is asked: ndots says when the search list comes first', () => {
    const made = ready()
    made.client('sparing', { spec: { dnsConfig: { options: [{ name: 'ndots', value: '1' }] } } })
    made.settle()
    const searched = (name: string) =>
      made.cluster.network
        .lookup({ kind: 'pod', namespace: 'default', name }, 'example.com')
        .hops.some(({ code }) => code === 'dns-searched')
    expect(searched('client')).toBe(true)
    expect(searched('sparing')).toBe(false)
  })

  it('names further servers for when the first is silent or refuses', () => {
    const made = scene()
    const dnsConfig = { nameservers: ['192.168.1.3', '192.0.2.9', '8.8.8.8'] }
    made.client('patient', { spec: { dnsPolicy: 'None', dnsConfig } })
    made.settle()
    const found = made.cluster.network.lookup({ kind: 'pod', namespace: 'default', name: 'patient' }, 'example.com')
    expect(found.addresses).toEqual(['93.184.215.14'])
    expect(found.latencyMs).toBeGreaterThan(5000)
  })

  it('of the node leads nowhere near the cluster', () => {
    const made = ready()
    made.service('web', { ports: [PORT] })
    made.client('outsider', { spec: { dnsPolicy: 'Default' } })
    made.settle()
    const outsider = { kind: 'pod', namespace: 'default', name: 'outsider' } as const
    expect(made.get<Pod>(`${paths.pods}/outsider`).spec?.dnsPolicy).toBe('Default')
    expect(made.cluster.network.lookup(outsider, `web.${ZONE}`)).toMatchObject({ addresses: [], rcode: 'NXDOMAIN' })
    expect(made.cluster.network.lookup(outsider, 'example.com').addresses).toHaveLength(1)
  })
})

describe('a DNS server that is not there', () => {
  it('refuses when CoreDNS has no Pods, and is silent when a policy drops the questions', () => {
    const made = ready()
    made.create('/apis/networking.k8s.io/v1/namespaces/default/networkpolicies', {
      metadata: { name: 'closed' },
      spec: { podSelector: {}, policyTypes: ['Egress'] },
    })
    expect(asking(made)(`kubernetes.${ZONE}`).rcode).toBe('timed-out')
    made.remove('/apis/networking.k8s.io/v1/namespaces/default/networkpolicies/closed')
    expect(asking(made)(`kubernetes.${ZONE}`).rcode).toBe('NOERROR')
    made.patch('/apis/apps/v1/namespaces/kube-system/deployments/coredns', { spec: { replicas: 0 } })
    made.settle(60)
    expect(asking(made)(`kubernetes.${ZONE}`).rcode).toBe('refused')
    expect(made.cluster.network.query(CLIENT, { name: 'example.com', type: 'A' }, '192.0.2.1').rcode).toBe('timed-out')
  })
})
