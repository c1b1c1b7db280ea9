import type { ApiStream } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'

/** How often a waiting command looks at the cluster, in ms of its time. */
export const LOOK_INTERVAL_MS = 100

/** Takes a stream's items as they come, until it ends, `onItem` returns `stop`, or time is up. Resolves with what ended it. */
export async function follow(
  context: Pick<CommandContext, 'time' | 'signal'>,
  stream: ApiStream,
  onItem: (item: unknown) => unknown,
  timeoutMs = Number.POSITIVE_INFINITY,
): Promise<'ended' | 'stopped' | 'timeout'> {
  let state: 'open' | 'ended' | 'stopped' = 'open'
  const unsubscribe = stream.subscribe(
    (item) => {
      if (state === 'open' && onItem(item) === 'stop') state = 'stopped'
    },
    () => {
      if (state === 'open') state = 'ended'
    },
  )
  const deadline = context.time.now() + timeoutMs
  const current = (): 'open' | 'ended' | 'stopped' => state
  try {
    while (current() === 'open') {
      if (context.time.now() >= deadline) return 'timeout'
      await context.time.sleep(LOOK_INTERVAL_MS, context.signal)
    }
  } finally {
    unsubscribe()
  }
  return current() === 'stopped' ? 'stopped' : 'ended'
}

/** How long a stream may be read: `--request-timeout`. */
export const requestTimeout = ({ timeoutMs }: { readonly timeoutMs: number }): number =>
  timeoutMs > 0 ? timeoutMs : Number.POSITIVE_INFINITY

/** Looks again and again until `done` says so. Resolves with false if time is up first. */
export async function waitUntil(
  context: Pick<CommandContext, 'time' | 'signal'>,
  done: () => boolean,
  timeoutMs = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const deadline = context.time.now() + timeoutMs
  while (!done()) {
    if (context.time.now() >= deadline) return false
    await context.time.sleep(LOOK_INTERVAL_MS, context.signal)
  }
  return true
}
