/** APIs that stand behind Services of the cluster: what of them is served, and what is registered but out of reach. */
import { type KindDefinition, resourceName } from '../api/kind.ts'
import type { Store } from '../api/store.ts'
import type { APIService } from '../generated/types.ts'
import { apiService } from './api-service.ts'

/** An emulated API server behind a Service: one version of a group. */
export interface AggregatedApi {
  /** Name of the APIService that registers it: `v1beta1.metrics.k8s.io`. */
  readonly name: string
  readonly kinds: readonly KindDefinition[]
  /** Is it what stands behind the Service, and does it answer? */
  answers(): boolean
}

export interface Aggregation {
  /** `local` and the kinds of every API that can be reached; the same list for the same state. */
  kinds(store: Store, local: readonly KindDefinition[]): readonly KindDefinition[]
  /** Versions of groups that somebody registered and that cannot be reached. */
  unavailable(store: Store): readonly GroupVersion[]
}

interface GroupVersion {
  readonly group: string
  readonly version: string
}

/** Follows the APIServices of one cluster. */
export function createAggregation(apis: () => readonly AggregatedApi[]): Aggregation {
  let last:
    | { readonly local: readonly KindDefinition[]; readonly names: string; readonly all: readonly KindDefinition[] }
    | undefined
  const reachable = (registered: APIService): AggregatedApi | undefined =>
    isAvailable(registered) ? apis().find(({ name }) => name === registered.metadata?.name) : undefined
  return {
    kinds(store, local) {
      const found = registeredIn(store).flatMap((one) => reachable(one) ?? [])
      if (found.length === 0) return local
      const names = found.map(({ name }) => name).join()
      if (last?.local !== local || last.names !== names)
        last = { local, names, all: [...local, ...found.flatMap(({ kinds }) => kinds)] }
      return last.all
    },
    unavailable: (store) =>
      registeredIn(store)
        .filter((one) => !reachable(one))
        .map(({ spec }) => ({ group: spec?.group ?? '', version: spec?.version ?? '' })),
  }
}

/** APIServices that name a Service. */
const registeredIn = (store: Store): readonly APIService[] =>
  (store.list(resourceName(apiService)) as readonly APIService[]).filter(({ spec }) => spec?.service)

const isAvailable = ({ status }: APIService): boolean =>
  status?.conditions?.some((condition) => condition.type === 'Available' && condition.status === 'True') ?? false
