import type { DnsPlugin } from '../plugin.ts'

/** Logs why questions ended in SERVFAIL (coredns plugin/errors). */
export const errors: DnsPlugin = {
  name: 'errors',
  setup: () => (query, server, next) => {
    const reply = next(query)
    if (reply.error !== undefined) server.log(`[ERROR] plugin/errors: 2 ${query.name}. ${query.type}: ${reply.error}`)
    return reply
  },
}
