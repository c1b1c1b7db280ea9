import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sha256 } from '../../api/sha256.ts'
import type { Service } from '../../generated/types.ts'
import { Lab } from '../../images/testing/lab.ts'
import { endpointChain, serviceChain } from './chain-name.ts'

const NAME = serviceChain('SVC', 'default/web', 'tcp').slice(-16)

function lab(spec: Service['spec'], pods: readonly ('node01' | 'node02')[] = ['node01', 'node02']): Lab {
  const made = new Lab()
  for (const [index, node] of pods.entries()) made.pod({ name: `web-${index}`, node, labels: { app: 'web' } })
  const ports = [{ port: 80, targetPort: 80, nodePort: 30080 }]
  made.service('web', { type: 'NodePort', clusterIP: '10.96.1.1', selector: { app: 'web' }, ports, ...spec })
  return made
}

/** Rules of the Service in short: chain, what iptables-save says of comments and ports, target. */
function rules(made: Lab, table: 'nat' | 'filter', machine = 'node01'): readonly string[] {
  const found = made.network.netfilter(machine).find(({ name }) => name === table)
  return (found?.chains ?? []).flatMap((chain) =>
    chain.rules
      .filter((rule) => rule.matches.some(({ save }) => save.includes('default/web')) || chain.name.endsWith(NAME))
      .map((rule) => `${chain.name} ${rule.matches.map(({ save }) => save).join(' ')} -> ${rule.target ?? ''}`),
  )
}

it('hashes as SHA-256 does', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~]{0,200}$/), (text) => {
      expect(sha256(text)).toEqual([...createHash('sha256').update(text).digest()])
    }),
  )
})

it('names chains by namespace, Service, port, protocol and endpoint', () => {
  expect(serviceChain('SVC', 'default/kubernetes:https', 'tcp')).toBe('KUBE-SVC-NPX46M4PTMTKRN6Y')
  expect(serviceChain('SVC', 'kube-system/kube-dns:dns', 'udp')).toBe('KUBE-SVC-TCOU7JCQXEZGVUNU')
  expect(endpointChain('default/web', 'tcp', '10.0.0.1:80')).not.toBe(
    endpointChain('default/web', 'tcp', '10.0.0.2:80'),
  )
})

it('leads the cluster IP and the node port to evenly chosen endpoints', () => {
  const found = rules(lab({}), 'nat')
  const first = endpointChain('default/web', 'tcp', '10.244.1.2:80')
  expect(found).toContain(
    `KUBE-SERVICES -m comment --comment "default/web cluster IP" -m tcp --dport 80 -> KUBE-SVC-${NAME}`,
  )
  expect(found).toContain(`KUBE-NODEPORTS -m comment --comment "default/web" -m tcp --dport 30080 -> KUBE-EXT-${NAME}`)
  expect(found).toContain(`KUBE-EXT-${NAME}  -> KUBE-SVC-${NAME}`)
  expect(found).toContain(
    `KUBE-SVC-${NAME} -m comment --comment "default/web -> 10.244.1.2:80" -m statistic --mode random --probability 0.50000000000 -> ${first}`,
  )
  expect(rules(lab({}), 'filter')).toEqual([])
})

it('refuses without endpoints, in the filter table alone', () => {
  const none = lab({ externalIPs: ['192.168.1.50'] }, [])
  expect(rules(none, 'nat')).toEqual([])
  expect(rules(none, 'filter').map((rule) => rule.split(' ')[0])).toEqual([
    'KUBE-EXTERNAL-SERVICES',
    'KUBE-EXTERNAL-SERVICES',
    'KUBE-SERVICES',
  ])
  expect(rules(none, 'filter').every((rule) => rule.endsWith('-> REJECT'))).toBe(true)
})

it('drops at nodes without local endpoints and keeps the source elsewhere under externalTrafficPolicy Local', () => {
  const local = lab({ externalTrafficPolicy: 'Local' }, ['node01'])
  expect(rules(local, 'nat', 'node01')).toContain(`KUBE-EXT-${NAME}  -> KUBE-SVL-${NAME}`)
  expect(rules(local, 'nat', 'node01').join('\n')).not.toContain('"masquerade traffic')
  expect(rules(local, 'filter', 'node02')).toEqual([
    'KUBE-EXTERNAL-SERVICES -m comment --comment "default/web has no local endpoints" -m addrtype --dst-type LOCAL -m tcp --dport 30080 -> DROP',
  ])
})

it('remembers clients for session affinity', () => {
  const seconds = { clientIP: { timeoutSeconds: 60 } }
  const found = rules(lab({ sessionAffinity: 'ClientIP', sessionAffinityConfig: seconds }), 'nat').join('\n')
  expect(found.match(/--rcheck --seconds 60 --reap/g)).toHaveLength(2)
  expect(found.match(/recent --set/g)).toHaveLength(2)
})

it('guards load balancer addresses with source ranges', () => {
  const made = lab({ type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8'] })
  const [service] = made.services
  made.services[0] = { ...service, status: { loadBalancer: { ingress: [{ ip: '192.168.1.240' }] } } }
  expect(rules(made, 'nat')).toContain(
    `KUBE-FW-${NAME} -m comment --comment "default/web loadbalancer IP" -> KUBE-EXT-${NAME}`,
  )
  expect(rules(made, 'filter')).toEqual([
    `KUBE-PROXY-FIREWALL -m comment --comment "default/web traffic not accepted by KUBE-FW-${NAME}" -m tcp --dport 80 -> DROP`,
  ])
})

it('keeps the rules of a kube-proxy that stopped', () => {
  const made = lab({})
  made.machine('node01').setUnit('kube-proxy', 'stopped')
  made.network.machineChanged(made.machine('node01'))
  made.services.length = 0
  expect(rules(made, 'nat', 'node01').length).toBeGreaterThan(0)
  expect(rules(made, 'nat', 'node02')).toEqual([])
})
