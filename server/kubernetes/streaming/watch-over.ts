const PING_MS = 25_000
/** A connection on which nobody types and nothing arrives for so long is forgotten. */
const IDLE_MS = 30 * 60_000

/** Ends a connection whose other side is gone without a word, or says nothing for half an hour. */
export function watchOver(ping: () => boolean, end: () => void): { heard(): void; stop(): void } {
  let heardAt = performance.now()
  const timer = setInterval(() => {
    if (performance.now() - heardAt > IDLE_MS || !ping()) end()
  }, PING_MS)
  timer.unref()
  return {
    heard() {
      heardAt = performance.now()
    },
    stop: () => clearInterval(timer),
  }
}
