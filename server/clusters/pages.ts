import type { ClientMessage, ServerMessage } from '../protocol.ts'
import type { Joined, LiveCluster } from './live-cluster.ts'

type Hello = Extract<ClientMessage, { type: 'hello' }>
type Send = (message: ServerMessage) => boolean

/** The pages joined to a workspace, whichever cluster stands there: a step back or a reset puts another in its place. */
export interface Pages {
  join(live: LiveCluster, hello: Hello, send: Send): Omit<Joined, 'shown'>
  /** All pages go over to `live`, whose terminals go on where the screens are. */
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
        const { shown } = page.joined
        page.joined.leave()
        page.joined = live.join({ ...page.hello, seen: Object.fromEntries(shown) }, page.send)
      }
    },
  }
}
