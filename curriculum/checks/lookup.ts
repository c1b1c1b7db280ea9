/** What a name leads to, asked where the learner's programs ask: a Service, an address outside, or nothing. */
import { z } from 'zod'
import type { Cluster, Kube, Place } from '../../emulator/index.ts'
import { defineCheck, inBoth, type Observation, PROBE_POD } from './check.ts'

const options = z.strictObject({
  /** `pod`: a Pod that the grader starts in the namespace, in its own copy of the cluster; or a machine. */
  from: z.string(),
  namespace: z.string().default('default'),
  names: z.array(z.string()).min(1),
})

export const lookup = defineCheck({
  name: 'lookup',
  options,
  probeNamespace: ({ from, namespace }) => (from === 'pod' ? namespace : undefined),
  observe({ from, namespace, names }, cluster: Cluster): Observation {
    const place: Place = from === 'pod' ? { kind: 'pod', namespace, name: PROBE_POD } : { kind: 'machine', name: from }
    const answers = names.map((name) => ({ name, ...cluster.network.lookup(place, name) }))
    const failed = answers.find(({ rcode }) => rcode !== 'NOERROR')
    return {
      facts: answers.map(({ name, addresses, rcode }) =>
        inBoth(`${name} → ${addresses.map((address) => owner(cluster, address)).join(', ') || rcode}`),
      ),
      ...(failed?.hops.at(-1) && { hop: failed.hops.at(-1) }),
    }
  },
})

/** An address by the Service that has it, as which one it is differs from cluster to cluster. */
function owner(cluster: Cluster, address: string): string {
  const { body } = cluster.request({ method: 'GET', path: '/api/v1/services' })
  const { items = [] } = body as { readonly items?: readonly Kube.Service[] }
  const found = items.find(({ spec }) => spec?.clusterIPs?.includes(address))?.metadata
  return found === undefined ? address : `Service ${found.namespace}/${found.name}`
}
