/**
 * The Service's ready endpoints are the solution's workloads, no more and no fewer; `<none>` where its list is empty.
 * With `share`, what counts is the part of the requests that each workload gets: every endpoint is as likely as another.
 */
import { z } from 'zod'
import type { Cluster, Kube } from '../../emulator/index.ts'
import { defineCheck, inBoth, notFound, type Observation } from './check.ts'
import { listObjects, podTitle, readService } from './read.ts'

const options = z.strictObject({
  service: z.string(),
  namespace: z.string().default('default'),
  share: z.boolean().optional(),
})

export const endpoints = defineCheck({
  name: 'endpoints',
  options,
  observe({ service: name, namespace, share = false }, cluster: Cluster): Observation {
    if (readService(cluster, namespace, name) === undefined)
      return { facts: [], exact: true, absent: notFound('Service', name, namespace) }
    const slices = listObjects<Kube.EndpointSlice>(
      cluster,
      'EndpointSlice',
      namespace,
      `kubernetes.io/service-name=${name}`,
    )
    const ready = slices
      .flatMap((slice) => slice.endpoints ?? [])
      .filter((endpoint) => endpoint.conditions?.ready !== false)
    const titles = ready.map(({ targetRef, addresses }) =>
      targetRef?.kind === 'Pod' && targetRef.name !== undefined
        ? podTitle(cluster, namespace, targetRef.name)
        : addresses.join(','),
    )
    return { facts: (titles.length === 0 ? ['<none>'] : summary(titles, share)).map(inBoth), exact: true }
  },
})

/** `Deployment web ×3`, or `Deployment web: 75%`; one line a workload. */
function summary(titles: readonly string[], share: boolean): readonly string[] {
  const numbers = new Map<string, number>()
  for (const title of titles) numbers.set(title, (numbers.get(title) ?? 0) + 1)
  const line = (title: string, n: number): string =>
    share ? `${title}: ${Math.round((100 * n) / titles.length)}%` : n === 1 ? title : `${title} ×${n}`
  return [...numbers].map(([title, n]) => line(title, n)).sort()
}
