import type { ProbeKind, ProbeState } from './probes.ts'

/** What the kubelet remembers of one Pod beyond its status and its containers: plain data, kept in snapshots. */
export interface PodWork {
  readonly uid: string
  /** When the sandbox and its network are there; undefined before they were asked for. */
  sandboxAt?: number
  podIP?: string
  mountRetry?: { delayMs: number; at: number }
  /** When the sandbox is tried again, after its network could not be set up. */
  sandboxRetry?: { delayMs: number; at: number }
  /** What its volumes of files show, by the versions of what they read; and when the kubelet looks again. */
  volumesSeen?: { readonly objects: string; readonly pod: string; readonly refreshAt?: number }
  /** The grace that containers were told to stop with, once the Pod is going. */
  stopGraceMs?: number
  stopSince?: number
  /** Since when sidecars are told to stop, because the main containers are done. */
  sidecarsSince?: number
  /** When the last container of a going Pod was seen gone. */
  goneAt?: number
  /** Why a resize has to wait. */
  resizePending?: { readonly reason: string; readonly message: string } | undefined
  failure?: { readonly reason: string; readonly message: string }
  readonly containers: Map<string, ContainerWork>
}

export interface ContainerWork {
  /** A pull under way or failed. */
  pull?: PullState
  /** Set once the container has restarted: how long the next back-off is. */
  crash?: { delayMs: number; until?: number }
  /** Its next start is decided, and only its image stands in between. */
  restarting?: boolean
  /** The container that has been told to stop, and when TERM follows its hook. */
  stopping?: string
  termAt?: number | undefined
  /** The container that `probes` are about. */
  probedId?: string
  probes: Map<ProbeKind, ProbeState>
}

export interface PullState {
  readonly image: string
  readonly startedAt: number
  readonly doneAt: number
  /** Missing if the pull succeeds. */
  readonly failure?: string
  readonly sizeBytes: number
  failures: number
  /** After a failure: when the wait is reported as a back-off, and when the next attempt begins. */
  backoffAt?: number
  retryAt?: number
  /** The back-off has been told in events. */
  reported?: boolean
}

/** A PodWork as JSON. */
export type SavedPodWork = Omit<PodWork, 'containers'> & {
  readonly containers: readonly (readonly [
    name: string,
    work: Omit<ContainerWork, 'probes'> & { readonly probes: readonly (readonly [ProbeKind, ProbeState])[] },
  ])[]
}

/** In a fixed order of fields: a cluster that went on from a snapshot saves itself as one that was never stopped. */
export function savePodWork(work: PodWork): SavedPodWork {
  const containers = [...work.containers].map(
    ([name, own]) =>
      [
        name,
        inOrder({ ...own, probes: [...own.probes].map(([kind, state]) => [kind, inOrder(state)] as const) }),
      ] as const,
  )
  return inOrder({ ...work, containers })
}

/** A shallow copy with its keys sorted; those without a value are left out, as in JSON. */
function inOrder<T extends object>(value: T): T {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) as T
}

export function restorePodWork(saved: SavedPodWork): PodWork {
  const { containers, ...rest } = structured(saved)
  return {
    ...rest,
    containers: new Map(containers.map(([name, own]) => [name, { ...own, probes: new Map(own.probes) }])),
  }
}

/** A deep copy: a snapshot may be restored more than once. */
function structured(saved: SavedPodWork): SavedPodWork {
  return JSON.parse(JSON.stringify(saved)) as SavedPodWork
}
