import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corefile } from '../../../blueprints/corefile.ts'
import { Lab } from '../../../images/testing/lab.ts'
import type { DnsQuestion } from '../../types.ts'
import { parseCorefile } from '../corefile.ts'
import { CorefileError } from '../corefile-blocks.ts'
import { parseZone } from '../zone-file.ts'

const CLIENT = { kind: 'pod', namespace: 'default', name: 'client' } as const

/** A CoreDNS that runs by these lines, a Service `web` and a Pod that asks. */
function withPlugins(lines: string, files: { readonly [path: string]: string } = {}): Lab {
  const lab = new Lab()
  lab.clusterDns(lines.includes(':53') ? lines : `.:53 {\n${lines}\n}\n`, files)
  lab.pod({ name: 'client', node: 'node02', image: 'busybox', command: ['sleep', '3600'] })
  lab.pod({ name: 'web-0', labels: { app: 'web' } })
  lab.service('web', { clusterIP: '10.96.3.1', selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }] })
  lab.service('head', { clusterIP: 'None', selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }] })
  return lab
}

const ask = (lab: Lab, name: string, type: DnsQuestion['type'] = 'A') => lab.network.query(CLIENT, { name, type })
const dataOf = (lab: Lab, name: string, type: DnsQuestion['type'] = 'A') =>
  ask(lab, name, type).answers.map(({ data }) => data)
const logOf = (lab: Lab): readonly string[] =>
  lab.runtime.get('uid-coredns', 'main')?.logs.map(({ text }) => text) ?? []

const ZONE = 'default.svc.cluster.local'
const KUBERNETES = 'kubernetes cluster.local in-addr.arpa {\n pods insecure\n ttl 30\n}'

describe('kubernetes', () => {
  it('answers for its zones, and after 5 seconds anew if no ttl is given', () => {
    const lab = withPlugins('kubernetes cluster.local corp.internal')
    expect(ask(lab, `web.${ZONE}`).answers[0]?.ttl).toBe(5)
    expect(dataOf(lab, 'web.default.svc.corp.internal')).toEqual(['10.96.3.1'])
    expect(ask(lab, 'example.com').rcode).toBe('SERVFAIL')
  })

  it('pods: disabled knows no Pods, verified those that are there', () => {
    const name = '10-244-1-3.default.pod.cluster.local'
    expect(ask(withPlugins('kubernetes cluster.local'), name).rcode).toBe('NXDOMAIN')
    const verified = withPlugins('kubernetes cluster.local {\n pods verified\n}')
    expect(dataOf(verified, name)).toEqual(['10.244.1.3'])
    expect(ask(verified, '10-244-1-99.default.pod.cluster.local').rcode).toBe('NXDOMAIN')
  })

  it('endpoint_pod_names calls endpoints by their Pods', () => {
    const plain = withPlugins(KUBERNETES)
    expect(ask(plain, `web-0.head.${ZONE}`).rcode).toBe('NXDOMAIN')
    const named = withPlugins('kubernetes cluster.local {\n endpoint_pod_names\n}')
    expect(dataOf(named, `web-0.head.${ZONE}`)).toEqual(['10.244.1.3'])
  })

  it('namespaces hides the others, ignore empty_service those without endpoints, noendpoints all headless ones', () => {
    expect(ask(withPlugins('kubernetes cluster.local {\n namespaces kube-system\n}'), `web.${ZONE}`).rcode).toBe(
      'NXDOMAIN',
    )
    const lab = withPlugins('kubernetes cluster.local {\n ignore empty_service\n}')
    lab.service('empty', { clusterIP: '10.96.3.9', selector: { app: 'none' }, ports: [{ port: 80 }] })
    expect(ask(lab, `empty.${ZONE}`).rcode).toBe('NXDOMAIN')
    expect(dataOf(lab, `web.${ZONE}`)).toHaveLength(1)
    expect(ask(withPlugins('kubernetes cluster.local {\n noendpoints\n}'), `head.${ZONE}`).rcode).toBe('NXDOMAIN')
  })

  it('fallthrough hands unknown names of its zones on', () => {
    const hosts = 'hosts {\n 192.0.2.9 extra.cluster.local\n fallthrough\n}'
    expect(dataOf(withPlugins(`${KUBERNETES}\n${hosts}`), 'extra.cluster.local')).toEqual(['192.0.2.9'])
    const zone = { '/etc/coredns/db': '$ORIGIN cluster.local.\n@ SOA ns root 1 2 3 4 5\nlate A 192.0.2.7\n' }
    const file = (options: string) =>
      withPlugins(`kubernetes cluster.local {\n${options}\n}\nfile /etc/coredns/db cluster.local`, zone)
    expect(ask(file(''), 'late.cluster.local').rcode).toBe('NXDOMAIN')
    expect(dataOf(file('fallthrough'), 'late.cluster.local')).toEqual(['192.0.2.7'])
    expect(ask(file('fallthrough other.local'), 'late.cluster.local').rcode).toBe('NXDOMAIN')
  })
})

describe('forward', () => {
  it('sends on what its zone covers, except what it must not', () => {
    const lab = withPlugins('forward . 8.8.8.8 {\n except org\n}')
    expect(dataOf(lab, 'example.com')).toHaveLength(1)
    expect(ask(lab, 'example.org').rcode).toBe('SERVFAIL')
    expect(ask(withPlugins('forward com 8.8.8.8'), 'example.org').rcode).toBe('SERVFAIL')
  })

  it('tries the next server when one does not answer', () => {
    const lab = withPlugins('forward . 192.0.2.1 8.8.8.8 {\n policy sequential\n}')
    expect(dataOf(lab, 'example.com')).toHaveLength(1)
  })

  it('of a stub zone reaches a DNS server in another Pod', () => {
    const lab = withPlugins(`${corefile}consul.local:53 {\n    errors\n    forward . 10.244.1.4\n}\n`)
    lab.pod({
      name: 'consul',
      image: 'registry.k8s.io/coredns/coredns:v1.13.1',
      args: ['-conf', '/Corefile'],
      files: { '/Corefile': '.:53 {\n hosts {\n 192.0.2.44 api.consul.local\n }\n}\n' },
    })
    expect(dataOf(lab, 'api.consul.local')).toEqual(['192.0.2.44'])
    expect(dataOf(lab, `web.${ZONE}`)).toEqual(['10.96.3.1'])
    lab.policies.push({
      metadata: { name: 'closed', namespace: 'default' },
      spec: { podSelector: {}, policyTypes: ['Ingress'] },
    })
    expect(ask(lab, 'db.consul.local').rcode).toBe('timed-out')
  })
})

describe('hosts', () => {
  it('has names of its own; without fallthrough all others are SERVFAIL', () => {
    const lab = withPlugins('hosts {\n 192.0.2.5 db.example db\n ttl 60\n}\nforward . 8.8.8.8')
    expect(ask(lab, 'db.example').answers).toEqual([{ name: 'db.example.', type: 'A', ttl: 60, data: '192.0.2.5' }])
    expect(ask(lab, 'db.example', 'AAAA')).toMatchObject({ rcode: 'NOERROR', answers: [] })
    expect(dataOf(lab, '5.2.0.192.in-addr.arpa', 'PTR')).toEqual(['db.example.', 'db.'])
    expect(ask(lab, 'example.com').rcode).toBe('SERVFAIL')
  })

  it('with fallthrough leaves the others to the next plugin, and reads a file', () => {
    const lab = withPlugins('hosts /etc/coredns/names {\n fallthrough\n}\nforward . 8.8.8.8', {
      '/etc/coredns/names': '192.0.2.6 cache.example\n',
    })
    expect(dataOf(lab, 'cache.example')).toEqual(['192.0.2.6'])
    expect(dataOf(lab, 'example.com')).toHaveLength(1)
  })
})

describe('rewrite', () => {
  const rewritten = (rule: string, name: string) => ask(withPlugins(`rewrite ${rule}\n${KUBERNETES}`), name)

  it('asks for another name and answers under the one that was asked for', () => {
    const { answers } = rewritten(`name shop.example.com web.${ZONE}`, 'shop.example.com')
    expect(answers).toEqual([{ name: 'shop.example.com.', type: 'A', ttl: 30, data: '10.96.3.1' }])
  })

  it('by prefix, suffix, substring and regex, with the answer turned back if it is told to', () => {
    for (const [rule, name] of [
      [`name suffix .example.com .${ZONE}`, 'web.example.com'],
      ['name prefix old- ', `old-web.${ZONE}`],
      [`name substring my.shop default.svc`, 'web.my.shop.cluster.local'],
      [`name regex (.*)\\.corp\\.com {1}.${ZONE}`, 'web.corp.com'],
    ] as const) {
      const expanded = rule.endsWith(' ') ? `${rule}""` : rule
      expect(rewritten(expanded, name).answers[0]).toMatchObject({ data: '10.96.3.1', name: `web.${ZONE}.` })
      expect(rewritten(`${expanded} answer auto`, name).answers[0]?.name).toBe(`${name}.`)
    }
    const told = `name regex (.*)\\.corp\\.com {1}.${ZONE} answer name (.*)\\.default\\.svc\\.cluster\\.local {1}.corp.com`
    expect(rewritten(told, 'web.corp.com').answers[0]?.name).toBe('web.corp.com.')
  })

  it('stops at the first rule that fits, unless that says continue', () => {
    const rules = (mode: string) =>
      withPlugins(`rewrite ${mode} name a.test b.test\nrewrite name b.test web.${ZONE}\n${KUBERNETES}`)
    expect(ask(rules('stop'), 'a.test').rcode).toBe('SERVFAIL')
    expect(ask(rules('continue'), 'a.test').answers[0]).toMatchObject({ name: 'a.test.', data: '10.96.3.1' })
  })

  it('of ttl changes how long answers live', () => {
    expect(rewritten(`ttl suffix .cluster.local 90`, `web.${ZONE}`).answers[0]?.ttl).toBe(90)
  })
})

describe('template', () => {
  it('makes answers of what a pattern finds in the name', () => {
    const lab = withPlugins(
      'template IN A ip.test {\n match ^ip-(?P<a>\\d+)-(?P<b>\\d+)[.]ip[.]test[.]$\n answer "{{ .Name }} 60 IN A 10.0.{{ .Group.a }}.{{ index .Match 2 }}"\n}',
    )
    expect(ask(lab, 'ip-3-4.ip.test').answers).toEqual([
      { name: 'ip-3-4.ip.test.', type: 'A', ttl: 60, data: '10.0.3.4' },
    ])
    expect(ask(lab, 'other.ip.test').rcode).toBe('NXDOMAIN')
  })

  it('can refuse names altogether', () => {
    expect(ask(withPlugins('template ANY ANY bad.test {\n rcode NXDOMAIN\n}'), 'x.bad.test').rcode).toBe('NXDOMAIN')
  })
})

describe('file', () => {
  const zone = `$ORIGIN example.lab.
$TTL 1h
@ IN SOA ns1 admin ( 2026112101 7200 3600
      1209600 3600 ) ; serial and times
  IN NS ns1
ns1 IN A 192.0.2.1
www 300 IN A 192.0.2.10
    300 IN A 192.0.2.11
alias IN CNAME www
* IN TXT "any other"
`
  it('answers from a zone file: addresses, aliases, stars, and names that do not exist', () => {
    const lab = withPlugins('file /zones/db example.lab', { '/zones/db': zone })
    expect(dataOf(lab, 'www.example.lab').toSorted()).toEqual(['192.0.2.10', '192.0.2.11'])
    expect(dataOf(lab, 'alias.example.lab')).toEqual(['www.example.lab.', '192.0.2.10', '192.0.2.11'])
    expect(dataOf(lab, 'example.lab', 'SOA')).toEqual([
      'ns1.example.lab. admin.example.lab. 2026112101 7200 3600 1209600 3600',
    ])
    expect(dataOf(lab, 'x.example.lab', 'TXT')).toEqual(['"any other"'])
    expect(ask(lab, 'a.b.example.lab').rcode).toBe('NXDOMAIN')
    expect(ask(lab, 'www.example.lab').answers[0]?.ttl).toBe(300)
  })

  it('that cannot be read is SERVFAIL', () => {
    expect(ask(withPlugins('file /zones/none example.lab'), 'www.example.lab').rcode).toBe('SERVFAIL')
  })
})

describe('cache', () => {
  it('answers what is gone until its time is over, with the seconds that are left', () => {
    const lab = withPlugins(`${KUBERNETES}\ncache 20`)
    expect(ask(lab, `web.${ZONE}`).answers[0]?.ttl).toBe(20)
    lab.services.splice(0, lab.services.length, ...lab.services.filter(({ metadata }) => metadata?.name !== 'web'))
    lab.run(15_000)
    expect(ask(lab, `web.${ZONE}`).answers[0]).toMatchObject({ ttl: 5, data: '10.96.3.1' })
    lab.run(6000)
    expect(ask(lab, `web.${ZONE}`).rcode).toBe('NXDOMAIN')
  })

  it('remembers what does not exist too, unless it is told not to', () => {
    const seen = (options: string): string => {
      const lab = withPlugins(`${KUBERNETES}\ncache 30 {\n${options}\n}`)
      ask(lab, `late.${ZONE}`)
      lab.service('late', { clusterIP: '10.96.3.7', selector: {}, ports: [{ port: 80 }] })
      return ask(lab, `late.${ZONE}`).rcode
    }
    expect(seen('')).toBe('NXDOMAIN')
    expect(seen('disable denial cluster.local')).toBe('NOERROR')
  })

  it('as kubeadm sets it up shortens what comes from outside and leaves the cluster alone', () => {
    const lab = withPlugins(corefile)
    expect(ask(lab, 'example.com').answers[0]?.ttl).toBe(30)
    lab.run(10_000)
    expect(ask(lab, 'example.com').answers[0]?.ttl).toBe(20)
    expect(ask(lab, `web.${ZONE}`).answers[0]?.ttl).toBe(30)
    lab.run(10_000)
    expect(ask(lab, `web.${ZONE}`).answers[0]?.ttl).toBe(30)
  })
})

describe('log', () => {
  it('writes a line for each question, with sizes, code and flags', () => {
    const lab = withPlugins(`log\n${KUBERNETES}\nforward . 8.8.8.8`)
    ask(lab, `web.${ZONE}`)
    ask(lab, `nosuch.${ZONE}`, 'AAAA')
    ask(lab, 'example.com')
    const [web, nosuch, outside] = logOf(lab).slice(-3)
    expect(web).toMatch(
      /^\[INFO\] 10\.244\.2\.2:\d+ - \d+ "A IN web\.default\.svc\.cluster\.local\. udp 47 false 512" NOERROR qr,aa,rd 92 0\.\d+s$/,
    )
    expect(nosuch).toMatch(/"AAAA IN nosuch\.default\.svc\.cluster\.local\. udp 50 false 512" NXDOMAIN qr,aa,rd 143 /)
    expect(outside).toMatch(/"A IN example\.com\. udp 29 false 512" NOERROR qr,rd,ra 56 /)
  })

  it('may be told which names and which kinds of answers', () => {
    const lab = withPlugins(`log cluster.local {\n class denial error\n}\n${KUBERNETES}\nforward . 8.8.8.8`)
    for (const name of [`web.${ZONE}`, `nosuch.${ZONE}`, 'nosuch.example']) ask(lab, name)
    expect(logOf(lab).filter((line) => line.includes(' - '))).toHaveLength(1)
  })
})

describe('errors', () => {
  it('names the question and why it failed', () => {
    const lab = withPlugins('errors\nkubernetes cluster.local')
    ask(lab, 'example.com')
    expect(logOf(lab).at(-1)).toBe('[ERROR] plugin/errors: 2 example.com. A: plugin/kubernetes: no next plugin found')
  })
})

describe('loadbalance', () => {
  it('is what puts addresses in another order each time', () => {
    const orders = (line: string): number => {
      const lab = withPlugins(`${line}\nhosts {\n 192.0.2.1 many.test\n 192.0.2.2 many.test\n 192.0.2.3 many.test\n}`)
      return new Set(Array.from({ length: 20 }, () => dataOf(lab, 'many.test').join())).size
    }
    expect(orders('')).toBe(1)
    expect(orders('loadbalance round_robin')).toBeGreaterThan(2)
  })
})

describe('server blocks', () => {
  it('answer for their own zones, the longest first; names in none are refused', () => {
    const lab = withPlugins(
      'lab.test:53 {\n hosts {\n 192.0.2.1 a.lab.test\n }\n}\nx.lab.test:53 {\n hosts {\n 192.0.2.2 a.x.lab.test\n }\n}\n',
    )
    expect(dataOf(lab, 'a.lab.test')).toEqual(['192.0.2.1'])
    expect(dataOf(lab, 'a.x.lab.test')).toEqual(['192.0.2.2'])
    expect(ask(lab, 'example.com').rcode).toBe('REFUSED')
  })
})

describe('any Corefile', () => {
  it('is run by or refused in words, whatever stands in it', () => {
    const word = fc.constantFrom(
      '{',
      '}',
      '\n',
      '.:53',
      'rewrite',
      'name',
      'regex',
      '(',
      'hosts',
      'template',
      'IN',
      'A',
      'match',
      'forward',
      '.',
      'cache',
      '30',
      'log',
      'class',
      'file',
      '/x',
      'kubernetes',
      'pods',
      '"',
      '#',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        try {
          const blocks = parseCorefile(`.:53 {\n${words.join(' ')}\n}\n`)
          expect(blocks.length).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(CorefileError)
        }
      }),
    )
    expect(() => parseCorefile('a {\n'.repeat(50_000))).toThrow('too many nested blocks')
    expect(() => parseCorefile(`.:53 {\nrewrite name substring "" ${'x'.repeat(5000)}\n}\n`)).toThrow('too long')
  })

  it('refuses a rewrite that uses groups which its pattern lacks, and leaves a number without a group as it is', () => {
    expect(() => parseCorefile('.:53 {\nrewrite name regex (.*)\\.corp {1}.{2}.lab\n}\n')).toThrow(
      'the rewrite regex pattern ({1}.{2}.lab) uses more subexpressions than its corresponding matching regex pattern ((.*)\\.corp)',
    )
    expect(() => parseCorefile('.:53 {\nrewrite name regex ( x\n}\n')).toThrow('invalid regex matching pattern: (')
    expect(() => parseCorefile('.:53 {\nrewrite name regex (.*)\\.corp {7}.lab\n}\n')).not.toThrow()
  })

  it('reads comments of a zone file in one pass, and none in quotes', () => {
    const zone = (text: string) => parseZone(text, 'lab.test')
    expect(zone('a 5 IN TXT "x;y" ; why')).toEqual([expect.objectContaining({ data: '"x;y"' })])
    expect(zone(`a 5 IN A 192.0.2.1 ${';'.repeat(200_000)}"`)).toEqual([expect.objectContaining({ data: '192.0.2.1' })])
  })
})
