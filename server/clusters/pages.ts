import type { ClientMessage, ServerMessage } from '../protocol.ts'
import type { Joined, LiveCluster } from './live-cluster.ts'

type Hello = Extract<ClientMessage, { type: 'hello' }>
type Send = (message: ServerMessage) => boolean

/** The pages joined to a workspace, whichever cluster stands there: a reset puts another in its place. */
export interface Pages {
  join(live: LiveCluster, hello: Hello, send: Send): Joined
  /** All pages go over to `live` and begin with empty screens. */
  moveTo(live: LiveCluster): void
}

export function createPages(): Pages {
  const pages = new Set<{ hello: Hello; send: Send; joined: Joined }>()
  return {
    join(live, hello, send) {
      const page = { hello, send, joined: live.join(hello, send) }
      pages.add(page)
      return {
        message(message) {
          if (message.type === 'resize') page.hello = { ...page.hello, columns: message.columns, rows: message.rows }
          page.joined.message(message)
        },
        drained: () => page.joined.drained(),
        leave() {
          pages.delete(page)
          page.joined.leave()
        },
      }
    },
    moveTo(live) {
      for (const page of pages) {
        page.joined.leave()
        page.send({ type: 'notice', code: 'reset' })
        page.joined = live.join({ ...page.hello, seen: SEEN_NOTHING_OF_THIS }, page.send)
      }
    },
  }
}

/** Numbers before the first character: what the screens show belongs to another cluster. */
const SEEN_NOTHING_OF_THIS = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((terminal) => [terminal, -1]))
