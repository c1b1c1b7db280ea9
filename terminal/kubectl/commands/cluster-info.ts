import type { ApiClient } from '../api/client.ts'
import { Discovery, resourcePath } from '../api/discovery.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { dump } from '../cluster-info/dump.ts'
import { ConnectionError } from '../errors.ts'
import type { ListBody } from '../resources/fetch.ts'

function clusterServices(api: ApiClient): { readonly list?: ListBody; readonly failure?: ConnectionError } {
  try {
    const services = new Discovery(api, 5).resolve('services')
    const query = { labelSelector: 'kubernetes.io/cluster-service=true' }
    return { list: api.get<ListBody>(resourcePath(services, 'kube-system'), { query }) }
  } catch (error) {
    if (error instanceof ConnectionError) return { failure: error }
    throw error
  }
}

export const clusterInfo = defineSubcommand({
  name: 'cluster-info',
  group: 'Cluster Management Commands:',
  summary: 'Display cluster information',
  long: 'Display addresses of the control plane and services with label kubernetes.io/cluster-service=true. To further debug and diagnose cluster problems, use the events and logs of the cluster.',
  examples: ['# Addresses of the control plane and of cluster services', 'kubectl cluster-info'],
  subcommands: [dump],
  run: async ({ api, context }) => {
    const { list, failure } = clusterServices(api)
    const colour = (code: number, text: string) => (context.tty ? `\u001b[0;${code}m${text}\u001b[0m` : text)
    const line = (name: string, url: string) => `${colour(32, name)} is running at ${colour(33, url)}\n`
    if (list) context.out(line('Kubernetes control plane', api.server))
    for (const { metadata, ...rest } of list?.items ?? []) {
      const { ports } = (rest as { spec?: { ports?: readonly { name?: string }[] } }).spec ?? {}
      const port = ports?.[0]?.name ? `:${ports[0].name}` : ''
      const title = metadata?.labels?.['kubernetes.io/name'] ?? metadata?.name ?? ''
      context.out(line(title, `${api.server}/api/v1/namespaces/kube-system/services/${metadata?.name}${port}/proxy`))
    }
    context.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n")
    if (failure) throw failure
    return 0
  },
})
