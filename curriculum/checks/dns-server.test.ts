import { expect, test } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { dnsServer } from './dns-server.ts'

test('a DNS server behind a Service answers over the protocols that the Service has', () => {
  const cluster = createCluster({ seed: 'dns', startTime: Date.UTC(2026, 2, 1, 9) })
  const seen = (name: string, protocol: 'UDP' | 'TCP', service = 'kube-dns') =>
    dnsServer.observe({ from: 'node01', service, namespace: 'kube-system', name, protocol }, cluster)
  const facts = (...given: Parameters<typeof seen>) => seen(...given).facts.map(({ en }) => en)
  const name = 'kubernetes.default.svc.cluster.local'
  expect(facts(name, 'UDP')).toEqual([`node01 → kube-dns:53/UDP: ${name} → 10.96.0.1`])
  expect(facts(name, 'TCP')).toEqual([`node01 → kube-dns:53/TCP: ${name} → 10.96.0.1`])
  expect(facts('no-such.test.', 'UDP')).toEqual(['node01 → kube-dns:53/UDP: no-such.test. → NXDOMAIN'])
  expect(seen(name, 'UDP', 'gone')).toMatchObject({ facts: [], absent: { en: expect.stringContaining('gone') } })
  cluster.request({
    method: 'PATCH',
    path: '/api/v1/namespaces/kube-system/services/kube-dns',
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ spec: { ports: [{ name: 'dns', port: 53, targetPort: 53, protocol: 'TCP' }] } }),
  })
  cluster.settle(10)
  expect(facts(name, 'UDP')).toEqual([`node01 → kube-dns:53/UDP: ${name} → timed-out`])
  expect(seen(name, 'UDP').hop).toBeDefined()
})
