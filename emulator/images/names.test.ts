import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCorefile } from '../network/dns/corefile.ts'
import { candidateNames } from '../network/dns/resolv-conf.ts'
import { LAPTOP, Lab, NODE01 } from './testing/lab.ts'

const CLIENT = { kind: 'pod', namespace: 'default', name: 'client' } as const

function withNames(): Lab {
  const lab = new Lab()
  lab.clusterDns()
  lab.pod({ name: 'web-0', labels: { app: 'web' } })
  lab.pod({ name: 'client', node: 'node02', image: 'busybox', command: ['sleep', '3600'] })
  lab.service('web', { clusterIP: '10.96.3.1', selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }] })
  lab.service('head', { clusterIP: 'None', selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }] })
  lab.service('empty', { clusterIP: 'None', selector: { app: 'none' }, ports: [{ port: 80 }] })
  lab.service('out', { type: 'ExternalName', externalName: 'web.default.svc.cluster.local' })
  lab.service('api', { clusterIP: '10.96.3.2', ports: [{ port: 80 }] }, 'shop')
  return lab
}

describe('names in a Pod', () => {
  const lab = withNames()
  const addresses = (name: string): readonly string[] => lab.network.lookup(CLIENT, name).addresses
  const lastCode = (name: string): string | undefined => lab.network.lookup(CLIENT, name).hops.at(-1)?.code

  it('resolves Services by every form of their name', () => {
    for (const name of [
      'web',
      'web.default',
      'web.default.svc',
      'web.default.svc.cluster.local',
      'WEB',
      'web.default.svc.cluster.local.',
    ]) {
      expect(addresses(name)).toEqual(['10.96.3.1'])
    }
    expect(addresses('api.shop')).toEqual(['10.96.3.2'])
    expect(addresses('head')).toEqual(['10.244.1.3'])
    expect(addresses('out')).toEqual(['10.96.3.1'])
    expect(addresses('client')).toEqual(['10.244.2.2'])
    expect(addresses('10-244-1-3.default.pod.cluster.local')).toEqual(['10.244.1.3'])
  })

  it('says why a name is unknown', () => {
    expect(addresses('api')).toEqual([])
    expect(lastCode('api')).toBe('dns-service-elsewhere')
    expect(lastCode('empty')).toBe('no-endpoints-selector-matches-nothing')
    expect(lastCode('nosuch')).toBe('dns-no-service')
    expect(lab.network.lookup(NODE01, 'web.default').hops.at(-1)?.code).toBe('dns-cluster-name-outside')
  })

  it('answers SRV, PTR and records that do not exist as CoreDNS does', () => {
    const ask = (name: string, type: 'SRV' | 'PTR' | 'AAAA' | 'A') => lab.network.query(CLIENT, { name, type })
    expect(ask('_http._tcp.web.default.svc.cluster.local', 'SRV').answers[0]?.data).toBe(
      '0 100 80 web.default.svc.cluster.local.',
    )
    expect(ask('_http._tcp.head.default.svc.cluster.local', 'SRV').answers[0]?.data).toBe(
      '0 100 80 10-244-1-3.head.default.svc.cluster.local.',
    )
    expect(ask('1.3.96.10.in-addr.arpa', 'PTR').answers[0]?.data).toBe('web.default.svc.cluster.local.')
    expect(ask('web.default.svc.cluster.local', 'AAAA')).toMatchObject({ rcode: 'NOERROR', answers: [] })
    const missing = ask('empty.default.svc.cluster.local', 'A')
    expect(missing).toMatchObject({ rcode: 'NXDOMAIN', answers: [] })
    expect(missing.authority[0]?.data).toMatch(/^ns\.dns\.cluster\.local\. hostmaster\.cluster\.local\. /)
  })

  it('knows machines from /etc/hosts and the outside world, and nothing of the cluster, on the laptop', () => {
    expect(lab.network.lookup(LAPTOP, 'node01').addresses).toEqual(['192.168.1.3'])
    expect(lab.network.lookup(LAPTOP, 'example.com').addresses).toHaveLength(1)
    expect(lab.network.lookup(LAPTOP, 'web.default.svc.cluster.local').addresses).toEqual([])
    expect(lab.network.lookup(LAPTOP, '192.168.1.2.')).toMatchObject({ addresses: [], rcode: 'NXDOMAIN' })
  })

  it('gets no answer when CoreDNS is gone', () => {
    const dead = withNames()
    dead.slices.splice(0, 1)
    expect(dead.network.lookup(CLIENT, 'web')).toMatchObject({ addresses: [], rcode: 'refused' })
    expect(dead.network.fetch(CLIENT, 'http://web').outcome).toBe('unresolved')
    expect(dead.network.fetch(CLIENT, 'http://10.96.3.1').outcome).toBe('answered')
  })

  it('never throws for wild names, and asks in the order that ndots gives', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (name) => {
        const found = lab.network.lookup(CLIENT, name)
        expect(found.hops.length + found.addresses.length).toBeGreaterThan(0)
        lab.network.fetch(CLIENT, `http://${name}/`)
      }),
      { numRuns: 300 },
    )
    const conf = { nameservers: [], search: ['a', 'b'], ndots: 2 }
    expect(candidateNames('x.y', conf)).toEqual(['x.y.a', 'x.y.b', 'x.y'])
    expect(candidateNames('x.y.z', conf)).toEqual(['x.y.z', 'x.y.z.a', 'x.y.z.b'])
    expect(candidateNames('x.', conf)).toEqual(['x'])
  })

  it('says in the words of CoreDNS why a Corefile cannot be run by', () => {
    const problem = (text: string) => () => parseCorefile(text, '/etc/coredns/Corefile')
    expect(problem('.:53 {\n    errors\n    kubernets cluster.local\n}\n')).toThrow(
      "/etc/coredns/Corefile:3 - Error during parsing: Unknown directive 'kubernets'",
    )
    expect(problem('.:53 {\n    errors\n')).toThrow('/etc/coredns/Corefile:2 - Error during parsing: Unexpected EOF')
    expect(problem('.:53 {\n    forward . upstream\n}\n')).toThrow('not an IP address or file: "upstream"')
  })
})
