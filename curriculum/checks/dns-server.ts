/** What a DNS server behind a Service answers, over UDP or TCP: the addresses of a name, or how the question dies. */
import { z } from 'zod'
import type { Cluster, Place } from '../../emulator/index.ts'
import { defineCheck, inBoth, notFound, type Observation, PROBE_POD } from './check.ts'
import { readService } from './read.ts'

const options = z.strictObject({
  /** `pod`: a Pod that the grader starts in the namespace, in its own copy of the cluster; or a machine. */
  from: z.string(),
  service: z.string(),
  namespace: z.string().default('default'),
  name: z.string(),
  protocol: z.enum(['UDP', 'TCP']).default('UDP'),
})

export const dnsServer = defineCheck({
  name: 'dns-server',
  options,
  probeNamespace: ({ from, namespace }) => (from === 'pod' ? namespace : undefined),
  observe({ from, service, namespace, name, protocol }, cluster: Cluster): Observation {
    const address = readService(cluster, namespace, service)?.spec?.clusterIP
    if (address === undefined) return { facts: [], absent: notFound('Service', service, namespace) }
    const place: Place = from === 'pod' ? { kind: 'pod', namespace, name: PROBE_POD } : { kind: 'machine', name: from }
    const { rcode, answers, trace } = cluster.network.query(place, { name, type: 'A', protocol }, address)
    const found = answers.filter(({ type }) => type === 'A').map(({ data }) => data)
    const failed = rcode === 'timed-out' || rcode === 'refused'
    return {
      facts: [inBoth(`${from} → ${service}:53/${protocol}: ${name} → ${found.join(', ') || rcode}`)],
      trace,
      ...(failed && trace.hops.at(-1) && { hop: trace.hops.at(-1) }),
    }
  },
})
