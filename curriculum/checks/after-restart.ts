/**
 * How many of a Deployment's Pods would be ready if all of them were made anew: in a copy of the cluster they are. For
 * what a Pod that runs already does not show, such as its environment, which is fixed when its containers start.
 */
import { z } from 'zod'
import { type Cluster, type Kube, restoreCluster } from '../../emulator/index.ts'
import { defineCheck, notFound, type Observation } from './check.ts'
import { collectionPath, listObjects, readObject } from './read.ts'

const options = z.strictObject({ deployment: z.string(), namespace: z.string().default('default') })

/** Virtual time in which Pods have to come up again. */
const START_SECONDS = 60

export const afterRestart = defineCheck({
  name: 'after-restart',
  options,
  observe({ deployment: name, namespace }, cluster: Cluster): Observation {
    const read = (from: Cluster): Kube.Deployment | undefined => readObject(from, 'Deployment', namespace, name)
    const selector = Object.entries(read(cluster)?.spec?.selector?.matchLabels ?? {})
    if (selector.length === 0) return { facts: [], absent: notFound('Deployment', name, namespace) }
    const copy = restoreCluster(cluster.snapshot())
    const pods = listObjects<Kube.Pod>(copy, 'Pod', namespace, selector.map((pair) => pair.join('=')).join(','))
    for (const { metadata } of pods)
      copy.request({
        method: 'DELETE',
        path: `${collectionPath(copy, 'Pod', namespace)}/${metadata?.name}`,
        query: { gracePeriodSeconds: '0' },
      })
    copy.settle(START_SECONDS)
    const { spec, status } = read(copy) ?? {}
    const count = `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 1}`
    return {
      facts: [
        {
          ko: `디플로이먼트 ${name}: 파드를 모두 새로 만들면 ${count} 준비됨`,
          en: `Deployment ${name}: ${count} Pods ready after a restart`,
        },
      ],
    }
  },
})
