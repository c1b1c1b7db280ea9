/** Jobs by the time they are due. */
export interface Job {
  readonly at: number
  readonly sequence: number
  readonly key: string
  readonly background: boolean
  readonly run: () => void
}

export const before = (a: Job, b: Job): boolean => a.at < b.at || (a.at === b.at && a.sequence < b.sequence)

/** For sorting: in the order in which they will run. */
export const inTurn = (a: Job, b: Job): number => (before(a, b) ? -1 : 1)

export interface JobHeap {
  push(job: Job): void
  /** The live job that is due first. */
  first(): Job | undefined
  /** Takes `first` out. */
  pop(): void
}

/** A binary heap; a job that is no longer `live` is skipped when it comes up, and cleared away once such are many. */
export function createJobHeap(live: (job: Job) => boolean): JobHeap {
  let heap: Job[] = []
  /** Past this many jobs the dead ones are looked for. */
  let roomy = 64
  return {
    push(job) {
      if (heap.length >= roomy) {
        heap = heap.filter(live).sort(inTurn)
        roomy = Math.max(64, heap.length * 2)
      }
      push(heap, job)
    },
    first() {
      for (let job = heap[0]; job; job = heap[0]) {
        if (live(job)) return job
        pop(heap)
      }
      return undefined
    },
    pop: () => pop(heap),
  }
}

function push(heap: Job[], job: Job): void {
  let index = heap.length
  heap.push(job)
  while (index > 0) {
    const parent = (index - 1) >> 1
    const above = heap[parent]
    if (!above || before(above, job)) break
    heap[index] = above
    index = parent
  }
  heap[index] = job
}

function pop(heap: Job[]): void {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  let index = 0
  for (;;) {
    const left = heap[2 * index + 1]
    const right = heap[2 * index + 2]
    const child = right && left && before(right, left) ? right : left
    if (!child || before(last, child)) break
    heap[index] = child
    index = child === left ? 2 * index + 1 : 2 * index + 2
  }
  heap[index] = last
}
