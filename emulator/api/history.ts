/** The bounded window of past writes that watches and consistent pages can go back to. */
import type { StoreEvent } from './types.ts'

/** A write with the resourceVersion it made. */
export interface StoredEvent extends StoreEvent {
  readonly resourceVersion: number
}

export interface History {
  add(event: StoredEvent): void
  /** All writes after `resourceVersion`; undefined when some of them are forgotten. */
  since(resourceVersion: number): readonly StoredEvent[] | undefined
  /** The oldest resourceVersion that `since` still answers. */
  readonly oldest: number
}

/**
 * Writes kept, and as many again before the older half is dropped. Each holds an object of some KB that nothing else
 * needs any more, and thousands of clusters live side by side; a client that has missed more starts over with a list, as
 * it does after etcd's compaction.
 */
const WINDOW = 200

export function createHistory(resourceVersion: number, window = WINDOW): History {
  const events: StoredEvent[] = []
  let oldest = resourceVersion
  return {
    get oldest() {
      return oldest
    },
    add(event) {
      events.push(event)
      if (events.length < window * 2) return
      const dropped = events.splice(0, events.length - window)
      oldest = dropped[dropped.length - 1]?.resourceVersion ?? oldest
    },
    since: (version) => (version < oldest ? undefined : events.filter((event) => event.resourceVersion > version)),
  }
}
