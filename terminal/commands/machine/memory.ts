import type { Cluster, Machine } from '../../../emulator/index.ts'

/** As the Node objects say: two processors, and memory in KiB. */
export const PROCESSORS = 2
export const TOTAL_KIB = 4_018_128
const SYSTEM_KIB = 410_000
const CACHE_KIB = 1_126_400

/** What the machine's containers use now, beside its own processes. */
export function usedKib(cluster: Cluster, { name }: Machine): number {
  const containers = cluster.containersOn(name).filter(({ state }) => state.kind === 'running')
  return SYSTEM_KIB + Math.round(containers.reduce((sum, { usage }) => sum + usage.memoryBytes, 0) / 1024)
}

export function cpuPercent(cluster: Cluster, { name }: Machine): number {
  const containers = cluster.containersOn(name).filter(({ state }) => state.kind === 'running')
  return containers.reduce((sum, { usage }) => sum + usage.cpuMilli, 0) / 10 / PROCESSORS
}

export interface Memory {
  readonly total: number
  readonly used: number
  readonly free: number
  readonly shared: number
  readonly cache: number
  readonly available: number
}

export function memoryOf(cluster: Cluster, machine: Machine): Memory {
  const used = Math.min(usedKib(cluster, machine), TOTAL_KIB - CACHE_KIB)
  const free = TOTAL_KIB - used - CACHE_KIB
  return {
    total: TOTAL_KIB,
    used,
    free,
    shared: 3_972,
    cache: CACHE_KIB,
    available: free + Math.round(CACHE_KIB * 0.93),
  }
}

/** When it was last switched on. */
export function bootTime({ files, unitTimes }: Machine): number {
  return unitTimes.containerd ?? files.stat('/etc/hostname')?.modified ?? 0
}
