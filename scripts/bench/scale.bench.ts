/** A cluster of fifty nodes and 5,000 Pods: what it costs to fill, to list, to roll, to keep. */
import type { Cluster } from '../../emulator/index.ts'
import { createJsonText } from '../../server/json-text.ts'
import type { Bench } from './bench.ts'
import { addPods, ask, cpuOf, growTo, roll, TABLE } from './large-cluster.ts'

const SIZES = [200, 600, 2_000, 4_500] as const
const ROLLED = 500
const PODS = '/api/v1/pods'

function build() {
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const grown = growTo(SIZES)
  addPods(grown.cluster, 'rolled', ROLLED)
  globalThis.gc?.()
  const heap = (process.memoryUsage().heapUsed - before) / 1024 / (4_500 + ROLLED)
  return { ...grown, heap }
}

let built: ReturnType<typeof build> | undefined
const large = () => {
  built ??= build()
  return built
}
const cluster = (): Cluster => large().cluster

/** As answers are written over HTTP. */
const text = createJsonText()
let version = 0
const [, few = 0, some = 0, all = 0] = SIZES
const costAt = (index: number, size: number): Bench => ({
  name: `CPU for each Pod, up to ${size.toLocaleString('en')}`,
  runs: 1,
  warmup: 0,
  run: () => large().perPod[index] ?? 0,
})
const growth = (): number => (large().perPod[3] ?? 0) / (large().perPod[1] ?? 1)

export const benches: readonly Bench[] = [
  costAt(1, few),
  costAt(2, some),
  costAt(3, all),
  { name: 'a Pod among 4,500 beside one among 600', unit: '×', limit: 1.5, runs: 1, warmup: 0, run: growth },
  {
    name: 'list 5,000 Pods for the first time, CPU',
    limit: 150,
    runs: 3,
    prepare: cluster,
    run: (large: Cluster) => cpuOf(() => void JSON.stringify(ask(large, 'GET', PODS))),
  },
  {
    name: 'list 5,000 Pods, CPU',
    limit: 150,
    runs: 15,
    prepare: cluster,
    run: (large: Cluster) => cpuOf(() => void text(ask(large, 'GET', PODS) as object)),
  },
  {
    name: 'list 5,000 Pods as a Table, CPU',
    limit: 150,
    runs: 15,
    prepare: cluster,
    run: (large: Cluster) => cpuOf(() => void text(ask(large, 'GET', PODS, undefined, TABLE) as object)),
  },
  {
    name: `roll ${ROLLED} of 5,000 Pods, CPU`,
    limit: 3000,
    runs: 3,
    warmup: 0,
    prepare: cluster,
    run: (large: Cluster) => cpuOf(() => roll(large, 'rolled', `v${version++}`)),
  },
  { name: 'heap for each of 5,000 Pods', unit: 'KB', runs: 1, warmup: 0, run: () => large().heap },
  {
    name: 'snapshot of 5,000 Pods to JSON',
    runs: 5,
    warmup: 1,
    prepare: cluster,
    run: (large: Cluster) => void JSON.stringify(large.snapshot()),
  },
  {
    name: 'snapshot for each of 5,000 Pods',
    unit: 'KB',
    runs: 1,
    warmup: 0,
    prepare: cluster,
    run: (large: Cluster) => JSON.stringify(large.snapshot()).length / 1024 / 5_000,
  },
]
