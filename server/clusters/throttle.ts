/** Runs `work` at most once per `ms`: at once if it is long ago, otherwise once more at the end of the pause. */
export function throttle(ms: number, work: () => void): { request(): void; cancel(): void } {
  let last = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  const now = () => {
    timer = undefined
    last = performance.now()
    work()
  }
  return {
    request() {
      if (timer) return
      const wait = last + ms - performance.now()
      timer = setTimeout(now, Math.max(0, wait))
    },
    cancel() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
