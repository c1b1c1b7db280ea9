/** What Tab looks up in the cluster: types and names. Whatever cannot be had is not offered. */
import type { Cluster } from '../../../emulator/index.ts'
import { Discovery, type ResourceType, resourcePath } from '../api/discovery.ts'
import type { ListBody } from '../resources/fetch.ts'

export class ClusterObjects {
  readonly #cluster: Pick<Cluster, 'request'>
  readonly #discovery: Discovery

  constructor(cluster: Pick<Cluster, 'request'>) {
    this.#cluster = cluster
    this.#discovery = new Discovery({
      discover: <T>(path: string) => this.#get(path) as T,
      discoveryFailure: (error) => error,
    })
  }

  /** `pods`, `deployments.apps`: the types that can be got, as `kubectl api-resources -o name` lists them. */
  get typeNames(): readonly string[] {
    return this.#discovery.types.filter(({ verbs }) => verbs.includes('get')).map(fullName)
  }

  /** Names of a type, of several (`pods,services`) or of a category, each once. */
  names(words: string, namespace: string): readonly string[] {
    const types = words.split(',').flatMap((word) => {
      const type = this.#discovery.find(word)
      return type ? [type] : this.#discovery.category(word)
    })
    return [...new Set(types.flatMap((type) => this.#namesOf(type, namespace)))]
  }

  /** Containers of a pod, given as `name` or `pod/name`. */
  containers(namespace: string, pod: string): readonly string[] {
    const name = pod.replace(/^(?:po|pods?)\//, '')
    const { spec } = this.#get(`/api/v1/namespaces/${namespace}/pods/${name}`) as {
      spec?: { initContainers?: readonly { name: string }[]; containers?: readonly { name: string }[] }
    }
    return [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].map((container) => container.name)
  }

  #namesOf(type: ResourceType, namespace: string): readonly string[] {
    const list = this.#get(resourcePath(type, namespace)) as ListBody
    return (list.items ?? []).map((item) => item.metadata?.name ?? '')
  }

  #get(path: string): object {
    const response = this.#cluster.request({ method: 'GET', path })
    const { body } = response
    return response.status < 400 && typeof body === 'object' && body !== null ? body : {}
  }
}

const fullName = ({ plural, group }: ResourceType) => (group ? `${plural}.${group}` : plural)
